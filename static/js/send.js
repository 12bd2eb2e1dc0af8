/**
 * Sends a form in which somebody writes without leaving the page, so that nothing is lost when there is no answer; shows
 * its preview in place; Ctrl+Enter sends. Whatever the script cannot show itself, the browser sends as it would have
 * without it.
 *
 * Tells `forum:sent` on the form when the forum has what it held, and `forum:posted` when that is a reply to be shown.
 */
for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form.compose[data-words]'))) {
  const words = JSON.parse(form.dataset.words ?? '{}')
  const body = form.querySelector('textarea')
  const main = form.querySelector('button.main')
  const label = main?.textContent ?? ''
  let sending = false

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (sending) return
    const { submitter } = event
    if (submitter instanceof HTMLButtonElement && submitter.name === 'preview') void preview()
    else void send()
  })
  body?.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit()
  })

  const send = async () => {
    busy(true)
    complain([])
    const answer = await ask(form.action, new FormData(form))
    busy(false)
    if (!answer) return complain([['', words['script.not_sent']]])
    // Anything but success and mistakes in fields has a page of its own, and keeps what was typed.
    if (answer.status !== 201 && answer.status !== 422) return form.submit()
    const told = await answer.json()
    if (answer.status === 422) return complain(Object.entries(told.fields ?? { '': told.detail }))
    form.dispatchEvent(new CustomEvent('forum:sent'))
    if (told.html) show(told)
    else location.assign(told.location)
  }

  /** @param {{ location: string, number: number, html: string, request_id: string }} told */
  const show = ({ location: place, number, html, request_id }) => {
    document.dispatchEvent(new CustomEvent('forum:posted', { detail: { number, html } }))
    form.reset()
    if (body) body.value = ''
    for (const part of form.querySelectorAll('.answering, .preview')) part.remove()
    const id = /** @type {HTMLInputElement | null} */ (form.elements.namedItem('request_id'))
    if (id) id.value = request_id
    const post = document.getElementById(`post-${number}`)
    if (!post) return location.assign(place)
    post.scrollIntoView({ block: 'nearest' })
  }

  const preview = async () => {
    const fields = new FormData()
    fields.set('body', body?.value ?? '')
    if (form.dataset.thread) fields.set('thread', form.dataset.thread)
    const answer = await ask('/preview', fields)
    if (!answer) return complain([['', words['script.not_sent']]])
    if (answer.status !== 200) return previewOnPage()
    const section = form.querySelector('.preview') ?? makePreview()
    const prose = section.querySelector('.prose')
    if (prose) prose.innerHTML = await answer.text()
    section.scrollIntoView({ block: 'nearest' })
  }

  /** As the button does without a script: the form alone would be sent as what it is, and published. */
  const previewOnPage = () => {
    const asked = document.createElement('input')
    asked.type = 'hidden'
    asked.name = 'preview'
    asked.value = '1'
    form.append(asked)
    form.submit()
    // Whoever comes back to this page may want to send.
    asked.remove()
  }

  const makePreview = () => {
    const section = document.createElement('section')
    section.className = 'preview'
    section.setAttribute('aria-label', words['posts.preview'])
    const title = document.createElement('h2')
    title.textContent = words['posts.preview']
    const prose = document.createElement('div')
    prose.className = 'prose'
    prose.dir = 'auto'
    section.append(title, prose)
    body?.closest('.field')?.before(section)
    return section
  }

  /** @param {string} action @param {FormData} fields */
  const ask = async (action, fields) => {
    const pairs = [...fields].map(([name, value]) => [name, String(value)])
    try {
      return await fetch(action, {
        method: 'POST',
        body: new URLSearchParams(pairs),
        headers: { accept: 'application/json' },
      })
    } catch {
      return null
    }
  }

  /** Says what is wrong, beside the field it is wrong with. @param {[field: string, message: string][]} problems */
  const complain = (problems) => {
    for (const old of form.querySelectorAll('.problem, .problems')) old.remove()
    for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid')
    for (const [name, message] of problems) {
      const line = document.createElement('p')
      line.className = 'problem'
      line.setAttribute('role', 'alert')
      line.textContent = message
      const field = form.querySelector(`#field-${name || 'none'}`)
      field?.setAttribute('aria-invalid', 'true')
      const place = field ?? form.querySelector(name === 'boards' ? '.board-choices' : '.buttons')
      place?.before(line)
    }
    const first = form.querySelector('[aria-invalid]')
    if (first instanceof HTMLElement) first.focus()
  }

  /** @param {boolean} now */
  const busy = (now) => {
    sending = now
    if (!main) return
    main.textContent = now ? words['script.sending'] : label
    main.setAttribute('aria-disabled', String(now))
  }
}
