import { isComposing } from "./typing.js"

// Two presses are one: the second is dropped here, and the idempotency key in the form, which stays the same
// until the server gives out another, makes the server drop what slips past.
export function submitOnce(form) {
  const buttons = () => [...form.elements].filter((element) => element.type === "submit")
  const hold = (isHeld) => {
    form.toggleAttribute("data-is-sent", isHeld)
    for (const button of buttons()) {
      button.setAttribute("aria-busy", String(isHeld))
      button.setAttribute("aria-disabled", String(isHeld))
    }
  }

  // In the capture phase, so that a dropped press reaches neither htmx nor the browser.
  form.addEventListener("submit", (event) => {
    if (form.hasAttribute("data-is-sent")) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    setTimeout(() => { if (!event.defaultPrevented || event.target.matches("[hx-post]")) hold(true) })
  }, { capture: true })
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && isComposing(event)) event.preventDefault()
  })
  // An answer that leads to another page leaves the form held until that page is there.
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === form && !event.detail.xhr.getResponseHeader("HX-Redirect")) hold(false)
  })
  // The page came back out of the browser's memory with its buttons still held.
  addEventListener("pageshow", (event) => { if (event.persisted) hold(false) })
}
