/**
 * Keys that lead through a page: `?` says which. Not while somebody writes, and not with Ctrl, Alt or ⌘, which are the
 * browser's; and they can be switched off, because a voice that dictates presses them too (WCAG 2.1.4).
 */
const OFF = 'keys-off'
/** A browser that keeps nothing has them. */
const isOff = () => {
  try {
    return localStorage.getItem(OFF) !== null
  } catch {
    return false
  }
}

/** From one post, or one thread of a list, to the next. @param {1 | -1} by */
const step = (by) => {
  const all = [...document.querySelectorAll('.post, .threads > li, .hits > li')]
  const focused = all.findIndex((one) => one.contains(document.activeElement))
  const inSight = all.findIndex((one) => one.getBoundingClientRect().bottom > 60)
  const next = all[focused < 0 ? Math.max(0, inSight) : focused + by]
  const link = next?.querySelector('a')
  if (!next || !link) return
  link.focus({ preventScroll: true })
  next.scrollIntoView({ block: 'start' })
}

/** @param {string} selector */
const press = (selector) => {
  const found = document.querySelector(selector)
  if (found instanceof HTMLElement) found.click()
}

/** The page that says which key does what, over this one. */
const help = async () => {
  const page = await fetch('/keys').then((answer) => answer.text())
  const main = new DOMParser().parseFromString(page, 'text/html').querySelector('main')
  if (!main || document.querySelector('dialog')) return
  const sheet = document.createElement('dialog')
  sheet.className = 'keys'
  sheet.append(...main.childNodes)
  sheet.setAttribute('aria-labelledby', 'keys-title')
  sheet.onclose = () => sheet.remove()
  document.body.append(sheet)
  switches(sheet)
  sheet.showModal()
}

/** @type {Record<string, () => void>} */
const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => press('.position [data-unread]'),
  r: () => document.querySelector(/** @type {'textarea'} */ ('form#reply textarea'))?.focus(),
  '/': () => document.querySelector(/** @type {'input'} */ ('#search'))?.focus(),
  '?': () => void help(),
}

document.addEventListener('keydown', (event) => {
  const { target, key, ctrlKey, metaKey, altKey, isComposing } = event
  if (ctrlKey || metaKey || altKey || isComposing || event.defaultPrevented || !Object.hasOwn(KEYS, key)) return
  if (target instanceof Element && target.closest('input, textarea, select, dialog, [contenteditable]')) return
  if (isOff()) return
  event.preventDefault()
  KEYS[key]?.()
})

/** The box that switches them off, on the page that says which there are. @param {ParentNode} place */
const switches = (place) => {
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll('[data-keys]'))) {
    const box = line.querySelector('input')
    if (!box) continue
    line.hidden = false
    box.checked = !isOff()
    box.onchange = () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, ''))
  }
}
switches(document)
