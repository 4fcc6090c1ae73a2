import { isComposing } from "./typing.js"

// A <details> that opens over the page: its first control takes the focus, Esc shuts it and gives the focus back.
export function leadIntoPanel(panel) {
  const head = panel.querySelector("summary")

  panel.addEventListener("toggle", () => {
    const focused = document.activeElement
    if (panel.open) panel.querySelector("input:not([type=hidden]), textarea, select")?.focus()
    else if (focused === document.body || panel.contains(focused)) head.focus()
  })
  const shut = (event) => {
    if (!panel.isConnected) return document.removeEventListener("keydown", shut)  // another part has taken its place
    if (event.key !== "Escape" || isComposing(event) || !panel.open || document.querySelector("dialog[open]")) return
    panel.open = false
    head.focus()
  }
  document.addEventListener("keydown", shut)
}
