// A Korean syllable that is still being put together is not text yet: Safari ends a composition before
// its Enter, and then says so only with key code 229.
export function isComposing(event) {
  return event.isComposing || event.keyCode === 229
}

export function isTypingPlace(element) {
  return element?.closest?.("input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]") != null
}
