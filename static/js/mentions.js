/**
 * Completes `@na` with the names of those who wrote in this thread: first those on this page, then, once the forum has
 * answered, the others (WAI-ARIA: list autocomplete with `aria-activedescendant`).
 */
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form.compose[data-words]'))) {
  const words = JSON.parse(form.dataset.words ?? '{}')
  const body = form.querySelector('textarea')
  if (!body) continue

  const MOST = 6
  const list = document.createElement('ul')
  list.className = 'people'
  list.id = 'people'
  list.hidden = true
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', words['script.people'])
  body.after(list)
  body.setAttribute('aria-controls', list.id)
  body.setAttribute('aria-autocomplete', 'list')
  const line = document.createElement('p')
  line.className = 'hidden'
  line.setAttribute('role', 'status')
  list.after(line)
  const plural = new Intl.PluralRules(document.documentElement.lang)
  let chosen = 0
  /** @type {string[] | null} */
  let others = null

  /** Asks the forum once, when the first name is begun. */
  const askForOthers = async () => {
    if (others || !form.dataset.thread) return
    others = []
    const answer = await fetch(`/threads/${form.dataset.thread}/posts/authors`).catch(() => null)
    if (!answer?.ok) return
    others = (await answer.json()).names
    suggest()
  }

  /** The part of a name before the cursor; null when nobody types a name. */
  const begun = () => {
    const before = body.value.slice(0, body.selectionStart)
    return /(?:^|[\s(«"'])@([\p{L}\p{N}._-]*)$/u.exec(before)?.[1] ?? null
  }

  const suggest = () => {
    const start = begun()
    if (start === null) return close()
    void askForOthers()
    const here = [...document.querySelectorAll('.post .member')].map((link) => link.textContent?.trim() ?? '')
    const names = new Set([...here, ...(others ?? [])])
    const fitting = [...names].filter((name) => plain(name).startsWith(plain(start))).slice(0, MOST)
    list.replaceChildren(...fitting.map(option))
    list.hidden = fitting.length === 0
    const kinds = words['script.people_fit']
    line.textContent = list.hidden ? '' : kinds[plural.select(fitting.length)].replace('{count}', fitting.length)
    choose(0)
  }

  const close = () => {
    list.hidden = true
    line.textContent = ''
    choose(0)
  }

  /** Without accents, so that `zoe` finds Zoé. @param {string} name */
  const plain = (name) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

  /** @param {string} name @param {number} index */
  const option = (name, index) => {
    const item = document.createElement('li')
    item.id = `person-${index}`
    item.textContent = name
    item.setAttribute('role', 'option')
    item.onmousedown = (event) => {
      event.preventDefault()
      take(name)
    }
    return item
  }

  /** @param {number} index */
  const choose = (index) => {
    const items = [...list.children]
    chosen = items.length === 0 ? 0 : (index + items.length) % items.length
    items.forEach((item, at) => {
      item.setAttribute('aria-selected', String(at === chosen))
    })
    if (list.hidden) body.removeAttribute('aria-activedescendant')
    else body.setAttribute('aria-activedescendant', `person-${chosen}`)
  }

  /** @param {string} name */
  const take = (name) => {
    const end = body.selectionStart
    const from = end - (begun()?.length ?? 0)
    body.setRangeText(`${name} `, from, end, 'end')
    close()
    body.dispatchEvent(new Event('input', { bubbles: true }))
  }

  body.addEventListener('input', suggest)
  body.addEventListener('blur', close)
  body.addEventListener('keydown', (event) => {
    // An Enter that ends a word of an input method (Chinese, Japanese, Korean) does not choose a name.
    if (list.hidden || event.ctrlKey || event.metaKey || event.isComposing) return
    if (event.key === 'ArrowDown') choose(chosen + 1)
    else if (event.key === 'ArrowUp') choose(chosen - 1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Enter' || event.key === 'Tab') take(list.children[chosen]?.textContent ?? '')
    else return
    event.preventDefault()
  })
  // The `@` that loaded this script was typed before it could listen.
  if (document.activeElement === body) suggest()
}
