const PREFIX = "draft:"

function keyOf(name) {
  return `${PREFIX}${document.body.dataset.person ?? ""}:${name}`
}

// What is written stays through a reload or a lost connection, for this person in this tab only: tablets are shared.
export function keepDraft(field) {
  const key = keyOf(field.dataset.keepDraft)
  if ("forgetDraft" in field.dataset) sessionStorage.removeItem(key)
  const kept = sessionStorage.getItem(key)
  if (kept && kept !== field.value && (!field.value || "draftWins" in field.dataset)) {
    field.value = kept
    field.dispatchEvent(new Event("input", { bubbles: true }))
  }
  const keep = () => {
    if (field.value) sessionStorage.setItem(key, field.value)
    else sessionStorage.removeItem(key)
  }
  field.addEventListener("input", keep)
  if (field.value && field.value !== field.defaultValue) keep()  // typed before this script came
  // The server says by this event (HX-Trigger) that it holds the words now.
  document.body.addEventListener("draft-saved", () => sessionStorage.removeItem(key))
}

// A choice among radio buttons, the same way. A link that chooses one itself has an address of its own.
export function keepChoice(group) {
  const key = keyOf(group.dataset.keepChoice + location.search)
  const kept = sessionStorage.getItem(key)
  for (const box of group.querySelectorAll("[type=radio]")) if (box.value === kept) box.checked = true
  group.addEventListener("change", (event) => sessionStorage.setItem(key, event.target.value))
  document.body.addEventListener("draft-saved", () => sessionStorage.removeItem(key))
}

export function forgetDrafts(form) {
  form.addEventListener("submit", () => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
    }
  })
}
