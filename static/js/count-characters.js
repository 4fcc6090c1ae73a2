// Counts as the server does: code points, not UTF-16 units, so that an emoji is not two letters.
export function countCharacters(field) {
  const place = document.getElementById(field.dataset.countCharacters)
  if (!place) return
  const most = Number(field.dataset.most ?? field.maxLength)
  const show = () => {
    const count = [...field.value.normalize("NFC")].length
    place.textContent = most > 0 ? `${count} / ${most}` : String(count)
  }
  field.addEventListener("input", show)
  field.form?.addEventListener("reset", () => setTimeout(show))
  show()
}
