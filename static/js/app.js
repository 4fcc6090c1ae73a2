import { clearDrawn } from "./clear-drawn.js"
import { closeMenu } from "./menu.js"
import { confirmFirst } from "./confirm-dialog.js"
import { copyText } from "./copy.js"
import { countCharacters } from "./count-characters.js"
import { countDown } from "./countdown.js"
import { forgetDraft, forgetDrafts, forgetOthers, keepChoice, keepDraft } from "./keep-draft.js"
import { fillIn } from "./fill-in.js"
import { leadIntoPanel } from "./panel.js"
import { markPlace } from "./mark-place.js"
import { printPage } from "./print.js"
import { listenForTrouble } from "./trouble.js"
import { listenToKeys } from "./shortcuts.js"
import { settleWhileTyping } from "./as-you-type.js"
import { submitOnce } from "./submit-once.js"
import { switchTheme } from "./theme-switch.js"

const BEHAVIOURS = {
  "[data-forget-draft]": forgetDraft,  // before any field looks for one
  "[data-as-you-type]": settleWhileTyping,
  "[data-clear]": clearDrawn,
  "[data-confirm-dialog]": confirmFirst,
  "[data-copy]": copyText,
  "[data-count-characters]": countCharacters,
  "[data-countdown]": countDown,
  "[data-fill]": fillIn,
  "[data-forget-drafts]": forgetDrafts,
  "[data-keep-choice]": keepChoice,
  "[data-keep-draft]": keepDraft,
  "[data-mark-place]": markPlace,
  "[data-print]": printPage,
  "[data-submit-once]": submitOnce,
  "[data-theme-switch]": switchTheme,
  "details.give-back": leadIntoPanel,
  "details.menu": closeMenu,
}

const attached = new WeakMap()

function attachOnce(element, attach) {
  const done = attached.get(element) ?? new Set()
  if (done.has(attach)) return
  attached.set(element, done.add(attach))
  attach(element)
}

function start(root) {
  for (const [selector, attach] of Object.entries(BEHAVIOURS)) {
    if (root.matches?.(selector)) attachOnce(root, attach)
    for (const element of root.querySelectorAll(selector)) attachOnce(element, attach)
  }
}

forgetOthers()
start(document)
listenToKeys(document)
listenForTrouble(document)
document.addEventListener("htmx:load", (event) => start(event.detail.elt))
