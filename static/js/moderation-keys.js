/**
 * On the page of a case: one key for each decision, shown on its button. They do nothing while somebody writes, nor with
 * Ctrl, Alt or ⌘, which belong to the browser.
 */
const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('body.case [data-key]'))

for (const button of buttons) {
  const key = document.createElement('kbd')
  key.textContent = button.dataset.key ?? ''
  button.append(' ', key)
  button.setAttribute('aria-keyshortcuts', button.dataset.key ?? '')
}

if (buttons.length > 0) {
  document.addEventListener('keydown', (event) => {
    const { target, key, ctrlKey, metaKey, altKey, repeat, isComposing } = event
    if (ctrlKey || metaKey || altKey || repeat || isComposing) return
    if (target instanceof Element && target.closest('input, textarea, select, [contenteditable]')) return
    const button = [...buttons].find((one) => one.dataset.key === key.toLowerCase())
    if (!button) return
    event.preventDefault()
    button.click()
  })
}
