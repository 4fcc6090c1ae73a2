import { isComposing, isTypingPlace } from "./typing.js"

const ASKING = ".htmx-request"
const CHANGING = ".htmx-added, .htmx-settling, .htmx-swapping"

// Inside [data-shortcuts], the key named by data-key presses its button, follows its link, or goes to its field.
// Keys are matched by place as well as by letter, so that they work while the keyboard is set to Korean.
// While the next part is on its way, a key that leads on waits for it; one that decides is dropped, because
// nobody has seen yet what it would decide on. A part that is there but not settled yet takes every key.
export function listenToKeys(page) {
  let waiting = null

  const is = (states) => [...page.querySelectorAll("[data-shortcuts]")].some((part) => has(part, states))

  page.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
    if (isChoosing(event) || isTypingPlace(event.target) || page.querySelector("dialog[open]")) return
    const isAsking = is(ASKING)
    if (isAsking || is(CHANGING)) {
      waiting = { key: event.key, code: event.code, isForLinks: isAsking }
      return
    }
    if (act(answering(page, event))) event.preventDefault()
  })

  page.addEventListener("htmx:afterSettle", () => {
    if (!waiting || is(CHANGING)) return
    const element = answering(page, waiting)
    if (!waiting.isForLinks || element?.matches("a")) act(element)
    waiting = null
  })
  for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    page.addEventListener(trouble, () => { waiting = null })
  }
}

function answering(page, key) {
  return [...page.querySelectorAll("[data-shortcuts] [data-key]")].find((element) => answersTo(element, key))
}

function act(element) {
  if (!element || element.disabled || element.getAttribute("aria-disabled") === "true") return false
  if (isTypingPlace(element)) element.focus()
  else element.click()
  return true
}

// Arrows among radio buttons choose.
function isChoosing(event) {
  return event.key.startsWith("Arrow") && event.target.matches?.("[type=radio]")
}

function has(part, states) {
  return part.matches(states) || part.querySelector(states) !== null
}

function answersTo(element, event) {
  return element.dataset.key.split(" ").some((name) => {
    const code = /^[a-z]$/i.test(name) ? `Key${name.toUpperCase()}` : /^\d$/.test(name) ? `Digit${name}` : null
    return event.key === name || event.key.toLowerCase() === name.toLowerCase() || (code !== null && event.code === code)
  })
}
