/**
 * Marks the crossings of the map with posts that are newer than the last visit with this device. The server does not
 * know that visit.
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
