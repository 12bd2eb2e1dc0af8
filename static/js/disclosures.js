/**
 * Escape closes an open part and puts the focus back on its button. A menu also closes on a click, or a focus, outside
 * it.
 */
const MENUS = ':is(.subscription details, .more)[open]'

document.addEventListener('keydown', (event) => {
  // The list of names and input methods use Escape too.
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
