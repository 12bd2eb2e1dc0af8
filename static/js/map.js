/**
 * Makes the map one Tab stop instead of hundreds: the arrow keys move between its cells (WAI-ARIA Authoring Practices,
 * grid).
 */
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }

const grid = document.querySelector('.map table')
if (grid) {
  /** @returns {(HTMLAnchorElement | null)[][]} the links of the rows that can be seen */
  const rows = () =>
    [...grid.querySelectorAll('tr')]
      .filter((row) => row.getClientRects().length > 0)
      .map((row) => [...row.children].map((cell) => cell.querySelector('a')))

  const links = [...grid.querySelectorAll('a')]
  for (const [index, link] of links.entries()) link.tabIndex = index === 0 ? 0 : -1

  grid.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || !(event.key in STEPS)) return
    const [down = 0, along = 0] = STEPS[/** @type {keyof typeof STEPS} */ (event.key)]
    const shown = rows()
    const row = shown.findIndex((cells) => cells.some((link) => link === document.activeElement))
    const column = shown[row]?.findIndex((link) => link === document.activeElement) ?? -1
    const next = shown[row + down]?.[column + along]
    if (!next) return
    event.preventDefault()
    for (const link of links) link.tabIndex = -1
    next.tabIndex = 0
    next.focus()
  })
}
