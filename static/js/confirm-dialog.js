// A button of a form names a <dialog>; the form goes on its way only after the dialog said "confirm".
export function confirmFirst(button) {
  const dialog = document.getElementById(button.dataset.confirmDialog)
  if (!dialog?.showModal) return

  button.addEventListener("click", (event) => {
    if (button.dataset.isConfirmed) {
      delete button.dataset.isConfirmed
      return
    }
    event.preventDefault()
    event.stopImmediatePropagation()
    dialog.returnValue = ""
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "confirm") return
      button.dataset.isConfirmed = "yes"
      button.click()
    }, { once: true })
    dialog.showModal()
  }, { capture: true })
}
