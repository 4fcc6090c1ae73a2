import { isComposing, isTypingPlace } from "./typing.js"

// Inside [data-shortcuts], the key named by data-key presses its button, follows its link, or goes to its field.
// Keys are matched by place as well as by letter, so that they work while the keyboard is set to Korean.
export function listenToKeys(page) {
  page.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (isTypingPlace(event.target) || page.querySelector("dialog[open]")) return
    const element = [...page.querySelectorAll("[data-shortcuts] [data-key]")].find((item) => answersTo(item, event))
    if (!element || element.disabled || element.getAttribute("aria-disabled") === "true") return
    event.preventDefault()
    if (isTypingPlace(element)) element.focus()
    else element.click()
  })
}

function answersTo(element, event) {
  return element.dataset.key.split(" ").some((name) => {
    const code = /^[a-z]$/i.test(name) ? `Key${name.toUpperCase()}` : /^\d$/.test(name) ? `Digit${name}` : null
    return event.key === name || event.key.toLowerCase() === name.toLowerCase() || (code !== null && event.code === code)
  })
}
