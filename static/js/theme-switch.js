const YEAR_SECONDS = 365 * 24 * 3600

// The choice is a cookie, so that the server sends the page in the right colours and nothing flashes.
export function switchTheme(group) {
  const buttons = [...group.querySelectorAll("[data-theme-value]")]
  const show = () => {
    const theme = document.documentElement.dataset.theme ?? ""
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.themeValue === theme))
  }

  group.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme-value]")
    if (!button) return
    const theme = button.dataset.themeValue
    if (theme) document.documentElement.dataset.theme = theme
    else delete document.documentElement.dataset.theme
    const secure = location.protocol === "https:" ? ";secure" : ""
    document.cookie = `theme=${theme};path=/;samesite=lax;max-age=${theme ? YEAR_SECONDS : 0}${secure}`
    show()
  })
  show()
}
