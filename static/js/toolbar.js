/** Buttons above the field that posts are written in, for those who do not know the signs. */
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form.compose[data-words]'))) {
  const words = JSON.parse(form.dataset.words ?? '{}')
  const body = form.querySelector('textarea')
  if (!body) continue

  /** Each puts its signs around what is selected, or before each of its lines. @type {[name: string, before: string, after: string][]} */
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
    button.textContent = words[`script.${name}`]
    button.onclick = () => {
      const { selectionStart: from, selectionEnd: to, value } = body
      const selected = value.slice(from, to)
      const put = after ? before + selected + after : selected.replace(/^/gm, before)
      body.focus()
      // Through the browser, so that it can be undone like anything typed.
      if (!document.execCommand('insertText', false, put)) body.setRangeText(put, from, to, 'end')
      if (after) body.setSelectionRange(from + before.length, from + before.length + selected.length)
    }
    bar.append(button)
  }
  body.before(bar)
}
