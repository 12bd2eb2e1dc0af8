/**
 * Loads scripts that few people need, when they are needed first: `selected-words` once words of a post are selected,
 * `mentions` once somebody types `@`. Their addresses are in the page's head.
 *
 * Listens to `forum:need` on the document with a script's name, and puts a promise into it. The promise resolves when
 * the script has run or could not be loaded, so the page can go on without it.
 */
const LONGEST_WAIT = 15_000
/** @type {Map<string, Promise<void>>} */
const asked = new Map()

/** @param {string} name */
const need = (name) => {
  const known = asked.get(name)
  if (known) return known
  const place = document.querySelector(`meta[name="script:${name}"]`)
  const script = document.createElement('script')
  const ready = new Promise((/** @type {(value: void) => void} */ done) => {
    script.onload = () => done()
    script.onerror = () => {
      script.remove()
      // Allows another try after a while, but not at each key: the connection may be back.
      setTimeout(() => asked.delete(name), LONGEST_WAIT)
      done()
    }
    setTimeout(done, LONGEST_WAIT)
  })
  script.src = place?.getAttribute('content') ?? ''
  document.head.append(script)
  asked.set(name, ready)
  return ready
}

document.addEventListener('forum:need', (event) => {
  const { detail } = /** @type {CustomEvent} */ (event)
  detail.ready = need(detail.name)
})
document.addEventListener('selectionchange', () => {
  const selection = getSelection()
  const start = selection?.isCollapsed ? null : selection?.anchorNode?.parentElement
  if (start?.closest('.post .prose')) void need('selected-words')
})
document.addEventListener('input', ({ target }) => {
  if (target instanceof HTMLTextAreaElement && target.value.includes('@')) void need('mentions')
})
