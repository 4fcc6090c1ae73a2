// Words that have become a picture leave the field named by data-clear; what has been written since stays.
export function clearDrawn(element) {
  const field = document.getElementById(element.dataset.clear)
  if (field?.value.trim().normalize("NFC") !== element.dataset.words) return
  field.value = ""
  field.dispatchEvent(new Event("input", { bubbles: true }))
}
