import { isComposing } from "./typing.js"

const PAUSE_MILLISECONDS = 300

// Sends `settled` when the writer has paused and no syllable is half made: hx-trigger="settled".
export function settleWhileTyping(field) {
  let timer = 0
  // Not the value: what was typed before this script came has not been told either.
  let told = field.defaultValue

  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (field.value === told) return
      told = field.value
      field.dispatchEvent(new CustomEvent("settled", { bubbles: true }))
    }, PAUSE_MILLISECONDS)
  }

  field.addEventListener("input", (event) => (isComposing(event) ? clearTimeout(timer) : wait()))
  field.addEventListener("compositionend", wait)
  wait()
}
