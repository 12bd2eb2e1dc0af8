/**
 * Answers and quotes into the form on the page, so that its text stays; quotes only the selected words, if there are
 * any. Warns when others have replied meanwhile.
 *
 * Sends `forum:quoting` on the document to get the selection as Markdown, and `forum:need` to load the script that
 * answers.
 */
/** After this long the browser follows the link instead. */
const LONGEST_LOOK = 15_000
const reply = /** @type {HTMLFormElement | null} */ (document.querySelector('form#reply'))
const box = reply?.querySelector('textarea')

if (reply && box) {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-quote], a[data-reply-to]') : null
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const post = link.closest('.post')
    void answer(link, link.dataset.quote && post ? selectedIn(post) : '')
  })

  /** The selected words of a post as a quote. @param {Element} post */
  const selectedIn = async (post) => {
    const prose = post.querySelector('.prose')
    const selection = getSelection()
    if (!prose || !selection || selection.isCollapsed || selection.rangeCount === 0) return ''
    // A copy, because the selection may change before the script is loaded.
    const asked = { range: selection.getRangeAt(0).cloneRange(), prose, markdown: '' }
    const script = { name: 'selected-words', ready: Promise.resolve() }
    document.dispatchEvent(new CustomEvent('forum:need', { detail: script }))
    await script.ready
    document.dispatchEvent(new CustomEvent('forum:quoting', { detail: asked }))
    const { markdown } = asked
    if (!markdown) return ''
    // A former member has no name.
    const name = post.querySelector('h2 .member')?.textContent?.trim()
    return `${name ? `@${name} ` : ''}#${post.id.replace('post-', '')}\n${markdown.replace(/^/gm, '> ').replace(/^> $/gm, '>')}\n\n`
  }

  /** Fetches the form of a page of this thread. @param {string} address */
  const formAt = async (address) => {
    const patience = new AbortController()
    setTimeout(() => patience.abort(), LONGEST_LOOK)
    const page = await fetch(address, { signal: patience.signal })
      .then((answer) => answer.text())
      .catch(() => null)
    return page && new DOMParser().parseFromString(page, 'text/html').querySelector('form#reply')
  }

  /** @param {Element} form */
  const takeAnswering = (form) => {
    reply.querySelector('.answering')?.remove()
    const answering = form.querySelector('.answering')
    if (answering) box.closest('.field')?.before(answering)
  }

  /**
   * Fills the form as the link's page would. @param {HTMLAnchorElement} link @param {string | Promise<string>} selection
   */
  const answer = async (link, selection) => {
    const [form, selected] = await Promise.all([formAt(link.href), selection])
    if (!form) return location.assign(link.href)
    takeAnswering(form)
    const quote = selected || form.querySelector('textarea')?.value || ''
    if (quote) box.value = box.value.trim() ? `${box.value.trimEnd()}\n\n${quote}` : quote
    box.dispatchEvent(new Event('input', { bubbles: true }))
    box.focus()
    box.setSelectionRange(box.value.length, box.value.length)
    reply.scrollIntoView({ block: 'nearest' })
  }

  reply.addEventListener('forum:draft', async (event) => {
    const { answers } = /** @type {CustomEvent} */ (event).detail
    if (!answers || reply.querySelector('.answering')) return
    const form = await formAt(`${location.pathname}?reply_to=${answers}`)
    if (form) takeAnswering(form)
  })

  const words = JSON.parse(reply.dataset.words ?? '{}')
  const plural = new Intl.PluralRules(document.documentElement.lang)
  const line = document.createElement('p')
  line.className = 'hint meanwhile'
  line.setAttribute('role', 'status')
  reply.querySelector('.buttons')?.before(line)
  let arrived = 0
  document.addEventListener('forum:arrived', (event) => {
    if (!box.value.trim() || /** @type {CustomEvent} */ (event).detail.own) return
    arrived += 1
    const kinds = words['script.replied_meanwhile']
    line.textContent = kinds[plural.select(arrived)].replace('{count}', String(arrived))
  })
  reply.addEventListener('forum:sent', () => {
    arrived = 0
    line.textContent = ''
  })
}
