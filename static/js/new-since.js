/**
 * Marks the cells of the map where somebody has written since this device last showed it. Only the device knows
 * when that was.
 */
const map = document.querySelector('.map')
if (map) {
  const key = 'map-seen'
  const seen = localStorage.getItem(key)
  let newest = seen ?? ''
  for (const cell of map.querySelectorAll('[data-active]')) {
    const active = cell.getAttribute('data-active') ?? ''
    if (seen && active > seen) cell.classList.add('fresh')
    if (active > newest) newest = active
  }
  addEventListener('pagehide', () => localStorage.setItem(key, newest))
}
