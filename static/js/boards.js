/**
 * Chooses boards by typing: a field narrows the lists down, and Enter takes the first match. Chosen boards stand above
 * the lists and can be removed there.
 */
for (const field of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll('form[data-words] .choose-boards')
)) {
  const form = field.closest('form')
  const words = JSON.parse(form?.dataset.words ?? '{}')
  const boxes = /** @type {HTMLInputElement[]} */ ([...field.querySelectorAll('[name=boards]')])
  const lists = /** @type {HTMLDetailsElement[]} */ ([...field.querySelectorAll('details')])
  const nameOf = (/** @type {HTMLInputElement} */ box) => box.parentElement?.textContent?.trim() ?? ''
  /** Without accents, so that `ile` finds Île-de-France. @param {string} text */
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

  const chosen = document.createElement('ul')
  chosen.className = 'chosen'
  const search = document.createElement('input')
  search.type = 'search'
  search.className = 'find-board'
  search.placeholder = words['script.find_board']
  search.setAttribute('aria-label', search.placeholder)
  search.autocomplete = 'off'
  lists[0]?.before(chosen, search)
  for (const list of lists) list.open = false

  const show = () => {
    chosen.replaceChildren(...boxes.filter(({ checked }) => checked).map(word))
  }

  /** @param {HTMLInputElement} box */
  const word = (box) => {
    const item = document.createElement('li')
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = nameOf(box)
    button.setAttribute('aria-label', `${words['script.take_out']} ${nameOf(box)}`)
    button.onclick = () => {
      box.click()
      search.focus()
    }
    item.append(button)
    return item
  }

  const fitting = () => boxes.filter((box) => plain(nameOf(box)).includes(plain(search.value.trim())))
  const narrow = () => {
    const fit = new Set(fitting())
    for (const box of boxes) if (box.parentElement) box.parentElement.hidden = !fit.has(box)
    for (const list of lists) {
      const some = boxes.some((box) => fit.has(box) && list.contains(box))
      list.hidden = !some
      list.open = some && search.value.trim() !== ''
    }
  }

  search.addEventListener('input', (event) => {
    // What is typed here is no part of a draft.
    event.stopPropagation()
    narrow()
  })
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    const first = search.value.trim() ? fitting()[0] : undefined
    if (!first) return
    if (!first.checked) first.click()
    search.value = ''
    narrow()
  })
  field.addEventListener('change', show)
  form?.addEventListener('forum:draft', show)
  show()
}
