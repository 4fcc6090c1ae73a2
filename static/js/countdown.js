const STEP_MILLISECONDS = 1000

// An honest clock: it never shows a false exactness (steps of ten seconds, then minutes), never counts below
// "any moment now", and each fragment from the server sets it right again.
export function countDown(element) {
  const end = performance.now() + Number(element.dataset.countdown) * 1000
  const show = () => {
    const words = waitText(Math.max(0, (end - performance.now()) / 1000), element.dataset)
    if (element.textContent !== words) element.textContent = words
  }
  const timer = setInterval(() => {
    if (!element.isConnected || performance.now() > end + STEP_MILLISECONDS) clearInterval(timer)
    else show()
  }, STEP_MILLISECONDS)
  show()
}

export function waitText(seconds, words) {
  if (seconds <= 5) return words.textSoon
  if (seconds < 55) return words.textSeconds.replace("{n}", Math.max(10, Math.round(seconds / 10) * 10))
  if (seconds < 90) return words.textMinute
  return words.textMinutes.replace("{n}", Math.round(seconds / 60))
}
