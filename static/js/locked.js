/**
 * Locks and unlocks the form of an open thread (`forum:live`). When the thread is locked, a sentence replaces the form,
 * and the text in it can be copied; when it is unlocked, the form comes back. Moderators may still reply, so they only
 * see the sentence.
 */
const thread = /** @type {HTMLElement | null} */ (document.querySelector('.posts[data-thread]'))

if (thread) {
  const words = JSON.parse(thread.dataset.words ?? '{}')
  /** The form; for a visitor, what stands in its place. */
  const reply = document.getElementById('reply')
  /** The page came with a locked thread: it says so already, and may have no form. */
  const cameLocked = 'locked' in thread.dataset
  const box = reply?.querySelector('textarea')
  const note = document.createElement('section')
  note.className = 'notice locked'
  note.tabIndex = -1

  /** @param {string} text @param {string} [address] */
  const say = (text, address) => {
    const line = document.createElement('p')
    line.setAttribute('role', 'status')
    const link = document.createElement('a')
    if (address) link.href = address
    const place = address ? link : line
    place.textContent = text
    if (address) line.append(link)
    note.replaceChildren(line)
    if (reply) reply.before(note)
    else document.querySelector('main')?.append(note)
  }

  const lock = () => {
    if ('locked' in thread.dataset) return
    thread.dataset.locked = ''
    say(words['threads.locked'])
    if (!reply || 'moderates' in thread.dataset) return
    const wrote = reply.contains(document.activeElement)
    if (box?.value.trim()) note.append(copyOf(box.value))
    reply.hidden = true
    if (wrote) (note.querySelector('textarea') ?? note).focus()
  }

  const unlock = () => {
    if (!('locked' in thread.dataset)) return
    delete thread.dataset.locked
    const looked = note.contains(document.activeElement)
    if (reply) reply.hidden = false
    if (cameLocked) return say(words['script.unlocked'], location.pathname + location.search)
    note.remove()
    if (looked) box?.focus()
  }

  /** Shows the text of the form to be copied. @param {string} text */
  const copyOf = (text) => {
    const label = document.createElement('label')
    label.textContent = words['script.to_copy']
    const copy = document.createElement('textarea')
    copy.readOnly = true
    copy.rows = 6
    copy.dir = 'auto'
    copy.value = text
    label.append(copy)
    return label
  }

  document.addEventListener('forum:live', (event) => {
    const { type } = /** @type {CustomEvent} */ (event).detail
    if (type === 'locked') lock()
    if (type === 'unlocked') unlock()
  })
}
