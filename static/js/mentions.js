/** Completes `@na` with the names of those who have written on this page (WAI-ARIA: combobox with a list of choices). */
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
  let chosen = 0

  /** The beginning of a name before the cursor; null where none is being typed. */
  const begun = () => {
    const before = body.value.slice(0, body.selectionStart)
    return /(?:^|[\s(«"'])@([\p{L}\p{N}._-]*)$/u.exec(before)?.[1] ?? null
  }

  const suggest = () => {
    const start = begun()?.toLowerCase() ?? null
    const names = new Set([...document.querySelectorAll('.post .member')].map((link) => link.textContent?.trim() ?? ''))
    const fitting =
      start === null ? [] : [...names].filter((name) => name.toLowerCase().startsWith(start)).slice(0, MOST)
    list.replaceChildren(...fitting.map(option))
    list.hidden = fitting.length === 0
    choose(0)
  }

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
    list.hidden = true
    choose(0)
    body.dispatchEvent(new Event('input', { bubbles: true }))
  }

  body.addEventListener('input', suggest)
  body.addEventListener('blur', () => {
    list.hidden = true
  })
  body.addEventListener('keydown', (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowDown') choose(chosen + 1)
    else if (event.key === 'ArrowUp') choose(chosen - 1)
    else if (event.key === 'Escape') list.hidden = true
    else if (event.key === 'Enter' || event.key === 'Tab') take(list.children[chosen]?.textContent ?? '')
    else return
    event.preventDefault()
  })
}
