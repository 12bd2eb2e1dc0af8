/** Formatting buttons above the field, for people who do not know Markdown. */
/** Paths in a 16 × 16 grid. */
const ICONS = {
  bold: 'M4.5 3h4a2.5 2.5 0 0 1 0 5h-4zm0 5h5a2.5 2.5 0 0 1 0 5h-5z',
  italic: 'M7 3h5M4 13h5M9.5 3l-3 10',
  link: 'M6.5 9.5l3-3M7 4.7l1.6-1.6a2.9 2.9 0 0 1 4.2 4.2L11.3 9M9 11.3l-1.6 1.6a2.9 2.9 0 0 1-4.2-4.2L4.7 7',
  quote: 'M3 3.5v9M6.5 4.5h7M6.5 8h7M6.5 11.5h4',
  list: 'M6 4h7.5M6 8h7.5M6 12h7.5M2.5 4H3M2.5 8H3M2.5 12H3',
  code: 'M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5',
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form.compose[data-words]'))) {
  const words = JSON.parse(form.dataset.words ?? '{}')
  const body = form.querySelector('textarea')
  if (!body) continue

  /**
   * Signs to put around the selection, or before its lines. @type {[name: keyof typeof ICONS, before: string, after:
   * string][]}
   */
  const tools = [
    ['bold', '**', '**'],
    ['italic', '*', '*'],
    ['link', '[', '](https://)'],
    ['quote', '> ', ''],
    ['list', '- ', ''],
    ['code', '`', '`'],
  ]

  const bar = document.createElement('div')
  bar.className = 'toolbar'
  bar.setAttribute('role', 'group')
  bar.setAttribute('aria-label', form.querySelector('.help summary')?.textContent ?? '')
  for (const [name, before, after] of tools) {
    const button = document.createElement('button')
    button.type = 'button'
    button.title = words[`script.${name}`]
    button.setAttribute('aria-label', button.title)
    button.innerHTML = `<svg viewBox="0 0 16 16" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`
    button.onclick = () => {
      const { selectionStart: from, selectionEnd: to, value } = body
      const selected = value.slice(from, to)
      const put = after ? before + selected + after : selected.replace(/^/gm, before)
      body.focus()
      // This old command is the only one that the browser's Undo knows.
      if (!document.execCommand('insertText', false, put)) body.setRangeText(put, from, to, 'end')
      if (after) body.setSelectionRange(from + before.length, from + before.length + selected.length)
    }
    bar.append(button)
  }
  body.before(bar)
}
