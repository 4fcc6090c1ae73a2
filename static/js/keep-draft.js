const PREFIX = "draft:"

function keyOf(field) {
  return `${PREFIX}${document.body.dataset.person ?? ""}:${field.dataset.keepDraft}`
}

// What is written stays through a reload or a lost connection, for this person in this tab only: tablets are shared.
export function keepDraft(field) {
  const key = keyOf(field)
  if ("forgetDraft" in field.dataset) sessionStorage.removeItem(key)
  const kept = sessionStorage.getItem(key)
  if (kept && !field.value) {
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

export function forgetDrafts(form) {
  form.addEventListener("submit", () => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
    }
  })
}
