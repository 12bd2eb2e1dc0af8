/** Lists threads with a similar title while somebody types one, so that nobody starts the same thread again. */
const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form#thread'))
const title = form?.querySelector('[name=title]')
const SETTLED = 700

if (form && title instanceof HTMLInputElement) {
  const words = JSON.parse(form.dataset.words ?? '{}')
  const plural = new Intl.PluralRules(document.documentElement.lang)
  const place = document.createElement('div')
  place.className = 'similar'
  place.setAttribute('role', 'status')
  title.closest('.field')?.append(place)
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let asked = ''

  const look = async () => {
    const typed = title.value.trim()
    if (typed === asked) return
    asked = typed
    const answer = await fetch(`/threads/similar?${new URLSearchParams({ title: typed })}`).catch(() => null)
    if (!answer?.ok || asked !== typed) return
    const { threads } = await answer.json()
    place.replaceChildren(...(threads.length > 0 ? [lead(), list(threads)] : []))
  }

  const lead = () => {
    const line = document.createElement('p')
    line.className = 'hint'
    line.textContent = words['script.similar']
    return line
  }

  /** @param {{ path: string, title: string, language: string, replies: number }[]} threads */
  const list = (threads) => {
    const shown = document.createElement('ul')
    for (const thread of threads) {
      const link = document.createElement('a')
      link.href = thread.path
      link.lang = thread.language
      link.dir = 'auto'
      link.textContent = thread.title
      // A new tab, so that the typed text stays here.
      link.target = '_blank'
      const kinds = words['threads.replies']
      const count = document.createElement('span')
      count.className = 'hint'
      count.textContent = ` ${kinds[plural.select(thread.replies)].replace('{count}', String(thread.replies))}`
      const item = document.createElement('li')
      item.append(link, count)
      shown.append(item)
    }
    return shown
  }

  title.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(look, SETTLED)
  })
}
