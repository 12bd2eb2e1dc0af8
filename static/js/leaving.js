/**
 * Deletes drafts on logout, and those of another member, so that the next person at this device does not see them. Runs
 * on every page, because people log out from any. Sends `forum:log-out` on the document, and tells other windows through
 * the storage.
 */
const member = document.querySelector('.account bdi')?.textContent ?? ''

const clear = (/** @type {(key: string) => boolean} */ isMeant) => {
  for (const key of Object.keys(localStorage))
    if (key.startsWith('draft ') && isMeant(key)) localStorage.removeItem(key)
}
if (member) clear((key) => !key.startsWith(`draft ${member} `))
for (const form of document.querySelectorAll('form[action="/logout"]')) {
  form.addEventListener('submit', () => {
    document.dispatchEvent(new Event('forum:log-out'))
    localStorage.setItem('logged out', String(Date.now()))
    clear(() => true)
  })
}
