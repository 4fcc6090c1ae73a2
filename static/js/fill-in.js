// An idea card: a press puts its words into the field named by data-fill, after what stands there.
export function fillIn(button) {
  button.addEventListener("click", () => {
    const field = document.getElementById(button.dataset.fill)
    if (!field) return
    const words = button.dataset.words ?? button.textContent.trim()
    field.value = "replace" in button.dataset || !field.value.trim() ? words : `${field.value.trimEnd()} ${words}`
    field.dispatchEvent(new Event("input", { bubbles: true }))
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
  })
}
