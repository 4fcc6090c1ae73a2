const SHOWN_MILLISECONDS = 2000

// Copies the text of the element named by data-copy, and says so in the button for a moment.
export function copyText(button) {
  const words = button.querySelector("[data-copy-words]") ?? button
  const before = words.textContent

  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copy)
    const text = source?.value ?? source?.textContent.trim() ?? ""
    try {
      await navigator.clipboard.writeText(text)
      words.textContent = button.dataset.copied ?? before
      setTimeout(() => { words.textContent = before }, SHOWN_MILLISECONDS)
    } catch {
      // Without the right to write to the clipboard the text is at least selected, ready for the keys.
      if (source) getSelection().selectAllChildren(source)
    }
  })
}
