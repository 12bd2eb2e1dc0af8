/**
 * Copies the link to a post, sets the useful mark without leaving the page, and shows the whole answered post in place
 * of its excerpt. Folds long quotes, because a reader has read them above.
 */
const LONGEST_QUOTE = 260

const posts = /** @type {HTMLElement | null} */ (document.querySelector('.posts[data-thread]'))

if (posts) {
  const words = JSON.parse(posts.dataset.words ?? '{}')

  posts.addEventListener('click', async (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-copy]') : null
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return
    // Missing on a page without HTTPS. The link then leads to the post.
    if (!navigator.clipboard) return
    event.preventDefault()
    const copied = await navigator.clipboard.writeText(link.href).then(
      () => true,
      () => false,
    )
    if (!copied) return location.assign(link.href)
    const line = document.querySelector('main > [aria-live]')
    if (line) line.textContent = words['script.copied']
    if (link.firstChild) link.firstChild.textContent = words['script.copied']
  })

  posts.addEventListener('submit', async (event) => {
    const { target: form } = event
    if (!(form instanceof HTMLFormElement && 'useful' in form.dataset)) return
    event.preventDefault()
    const answer = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams({ useful: form.useful.value }),
      headers: { accept: 'application/json' },
    }).catch(() => null)
    if (!answer?.ok) return form.submit()
    const { useful, count } = await answer.json()
    form.useful.value = useful ? 'no' : 'yes'
    form.querySelector('button')?.setAttribute('aria-pressed', String(useful))
    const shown = form.querySelector('[data-count]')
    if (shown) shown.textContent = count > 0 ? ` ${count}` : ''
  })

  const foldQuotes = () => {
    for (const quote of posts.querySelectorAll('.prose > blockquote:not(.folded, .unfolded)')) {
      if (quote.scrollHeight <= LONGEST_QUOTE) continue
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'quiet unfold'
      button.textContent = words['script.unfold']
      button.onclick = () => {
        quote.classList.replace('folded', 'unfolded')
        button.remove()
      }
      quote.classList.add('folded')
      quote.after(button)
    }
  }
  foldQuotes()
  document.addEventListener('forum:arrived', foldQuotes)
  document.addEventListener('forum:altered', foldQuotes)

  /** The text of a post on this page or another. @param {string} address */
  const wordsAt = async (address) => {
    const { hash } = new URL(address, location.href)
    const here = document.querySelector(`${hash} .prose`)
    if (here) return here.cloneNode(true)
    const page = await fetch(`/threads/${posts.dataset.thread}/posts/${hash.replace('#post-', '')}/whole`)
    return page.ok && new DOMParser().parseFromString(await page.text(), 'text/html').querySelector('.post .prose')
  }

  // In the capture phase, because `toggle` does not bubble.
  posts.addEventListener(
    'toggle',
    async ({ target: details }) => {
      if (!(details instanceof HTMLDetailsElement) || !details.matches('.answered[open]')) return
      const link = details.querySelector('a')
      if (!link || details.querySelector('.prose')) return
      const prose = await wordsAt(link.href).catch(() => null)
      if (!(prose instanceof Element) || details.querySelector('.prose')) return
      // The same ids are on the page already.
      for (const part of prose.querySelectorAll('[id]')) part.removeAttribute('id')
      link.before(prose)
    },
    true,
  )
}
