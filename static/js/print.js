export function printPage(button) {
  button.addEventListener("click", () => window.print())
}
