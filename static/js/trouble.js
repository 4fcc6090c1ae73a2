// A request that got no answer, or a broken one, is told in the page; the words are in two <template> elements.
export function listenForTrouble(page) {
  const say = (id) => {
    const place = page.getElementById("messages")
    const template = page.getElementById(id)
    if (!place || !template || place.querySelector(`[data-trouble="${id}"]`)) return
    const words = template.content.cloneNode(true)
    words.firstElementChild.dataset.trouble = id
    place.append(words)
  }
  const unsay = () => {
    for (const words of page.querySelectorAll("[data-trouble]")) words.remove()
  }

  page.addEventListener("htmx:sendError", () => say("connection-lost"))
  page.addEventListener("htmx:timeout", () => say("connection-lost"))
  page.addEventListener("htmx:responseError", () => say("server-trouble"))
  page.addEventListener("htmx:afterOnLoad", unsay)
}
