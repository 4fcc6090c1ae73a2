const PREFIX = "draft:"
const UNKEPT = new Set(["hidden", "password", "file", "submit", "button", "reset"])

const own = () => `${PREFIX}${document.body.dataset.person ?? ""}:`
const drafts = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX))
const isBox = (field) => field.type === "radio" || field.type === "checkbox"
const isKept = (field) => field.name && field.type && !UNKEPT.has(field.type) && field.tagName !== "FIELDSET"
const valueOf = (field) => (isBox(field) ? String(field.checked) : field.value)

// What the server wrote into the field.
function startOf(field) {
  if (isBox(field)) return String(field.defaultChecked)
  if (field.tagName !== "SELECT") return field.defaultValue
  const options = [...field.options]
  return (options.find((option) => option.defaultSelected) ?? options[0])?.value ?? ""
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key))
  } catch {
    return null
  }
}

class Draft {
  constructor(field, name, wins) {
    this.field = field
    this.key = own() + name
    this.wins = wins
    this.start = startOf(field)
    const kept = read(this.key)
    // The server hands back what was sent: the words that it began with are still those of the first page.
    this.base = kept && kept.value === this.start ? kept.base : this.start
  }

  // A draft comes back where nothing stands, or where what stands is what it was written over.
  get lost() {
    const kept = read(this.key)
    if (!kept || kept.value === this.start || valueOf(this.field) !== this.start) return null
    return this.wins || this.start === "" || kept.base === this.start ? kept : null
  }

  restore({ value }) {
    if (isBox(this.field)) this.field.checked = value === "true"
    else this.field.value = value
  }

  keep() {
    const value = valueOf(this.field)
    if (value === this.base) sessionStorage.removeItem(this.key)
    else sessionStorage.setItem(this.key, JSON.stringify({ base: this.base, value }))
  }

  forget() {
    sessionStorage.removeItem(this.key)
  }
}

// A form that stands as nobody saved it says so.
function tell() {
  const place = document.getElementById("messages")
  const words = document.getElementById("draft-is-back")?.content.cloneNode(true)
  if (!place || !words || place.querySelector("[data-draft-is-back]")) return
  words.firstElementChild.dataset.draftIsBack = ""
  place.append(words)
}

// What is written stays through a reload, a lost connection or signing in again, for this person in this tab
// only: tablets are shared. On a form it keeps every field a person fills in.
export function keepDraft(element) {
  const name = element.dataset.keepDraft
  const wins = "draftWins" in element.dataset
  const named = (field) => `${name}:${field.name}${isBox(field) ? `:${field.value}` : ""}`
  const kept = element.matches("form")
    ? [...element.elements].filter(isKept).map((field) => new Draft(field, named(field), wins))
    : [new Draft(element, name, wins)]

  const lost = kept.map((draft) => [draft, draft.lost]).filter(([, words]) => words)
  for (const [draft, words] of lost) draft.restore(words)
  if (lost.length && element.matches("form")) tell()
  for (const [draft] of lost) draft.field.dispatchEvent(new Event("input", { bubbles: true }))

  // All of them each time: a radio button that goes out says nothing.
  const keep = () => { for (const draft of kept) draft.keep() }
  if (kept.some((draft) => valueOf(draft.field) !== draft.start)) keep()  // typed before this script came
  for (const draft of kept) draft.field.addEventListener("input", keep)
  // The server says by this event (HX-Trigger) that it holds the words now.
  document.body.addEventListener("draft-saved", () => { for (const draft of kept) draft.forget() })
}

// A choice among radio buttons, the same way. A link that chooses one itself has an address of its own.
export function keepChoice(group) {
  const key = own() + group.dataset.keepChoice + location.search
  const kept = sessionStorage.getItem(key)
  for (const box of group.querySelectorAll("[type=radio]")) if (box.value === kept) box.checked = true
  group.addEventListener("change", (event) => sessionStorage.setItem(key, event.target.value))
  document.body.addEventListener("draft-saved", () => sessionStorage.removeItem(key))
}

// The drafts named here are held by the server, or their writer lets them go by pressing this link.
export function forgetDraft(element) {
  const names = element.dataset.forgetDraft.split(" ").map((name) => own() + name)
  const forget = () => {
    for (const key of drafts()) {
      if (names.some((name) => key === name || key.startsWith(`${name}:`))) sessionStorage.removeItem(key)
    }
  }
  if (element.matches("a")) element.addEventListener("click", forget)
  else forget()
}

export function forgetDrafts(form) {
  form.addEventListener("submit", () => { for (const key of drafts()) sessionStorage.removeItem(key) })
}

// Somebody else sits here now: nothing of the person before stays in the browser.
export function forgetOthers() {
  if (!document.body.dataset.person) return
  for (const key of drafts()) if (!key.startsWith(own())) sessionStorage.removeItem(key)
}
