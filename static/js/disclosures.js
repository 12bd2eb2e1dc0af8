/**
 * Escape folds what was unfolded, and puts the focus back on what unfolded it. A menu, which lies over the page, is also
 * closed by a click or by the focus elsewhere.
 */
const MENUS = ':is(.subscription details, .more)[open]'

document.addEventListener('keydown', (event) => {
  // The list of names, and input methods, have an Escape of their own.
  if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
  const focused = document.activeElement
  const unfolded = focused?.closest('details[open]') ?? document.querySelector(MENUS)
  if (!(unfolded instanceof HTMLDetailsElement) || unfolded.closest('.prose')) return
  unfolded.open = false
  unfolded.querySelector('summary')?.focus()
  event.preventDefault()
})

/** @param {EventTarget | null} place */
const closeMenusOutside = (place) => {
  for (const menu of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(MENUS)))
    if (!(place instanceof Node && menu.contains(place))) menu.open = false
}
document.addEventListener('click', ({ target }) => closeMenusOutside(target))
document.addEventListener('focusin', ({ target }) => closeMenusOutside(target))
