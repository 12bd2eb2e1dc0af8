/**
 * Keyboard shortcuts; `?` lists them. They do nothing while somebody writes, nor with Ctrl, Alt or ⌘, which belong to
 * the browser. They can be switched off, because speech input types letters too (WCAG 2.1.4).
 */
const OFF = 'keys-off'
/** Without storage, the shortcuts stay on. */
const isOff = () => {
  try {
    return localStorage.getItem(OFF) !== null
  } catch {
    return false
  }
}

/** Goes to the next or previous post, or thread of a list. @param {1 | -1} by */
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

/** Opens the page of shortcuts as a sheet over this page. */
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

/** Adds the box that switches them off, on the page of shortcuts. @param {ParentNode} place */
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
