/**
 * Fetches the scripts that few need when they are first needed, so that nobody else downloads them: `selected-words` once
 * words of a post are selected, `mentions` once an `@` is typed. Their addresses stand in the page's head.
 *
 * Hears `forum:need` on the document with a script's name, and puts into it a promise that is kept when it has run, or
 * cannot be had: the page then does what it does without it.
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
      // Asked for again a while later, when the connection may be back; not at each key.
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
