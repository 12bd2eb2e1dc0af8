/**
 * Sends a form without leaving the page, so that nothing is lost when no answer comes; shows its preview in place;
 * Ctrl+Enter sends. In two cases the browser sends the form instead, as without a script: when somebody has to log in,
 * because the login page keeps the form; and when somebody else has changed the post, because the next page shows both
 * versions.
 *
 * Sends `forum:sent` on the form when the forum has its text, and `forum:posted` when that was a reply to show.
 */
/** The member's own reply waits this long for the posts before it. */
const LONGEST_ARRIVAL = 3_000
/** As long as the forum accepts a slow upload. */
const LONGEST_ANSWER = 300_000

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form.compose[data-words]'))) {
  const words = JSON.parse(form.dataset.words ?? '{}')
  const body = form.querySelector('textarea')
  const main = /** @type {HTMLButtonElement | null} */ (form.querySelector('button.main'))
  const label = main?.textContent ?? ''
  const frame = form.querySelector('.frame')
  const look = /** @type {HTMLButtonElement | null} */ (form.querySelector('button[name=preview]'))
  // A preview does not need all fields.
  if (look) look.formNoValidate = true
  const lookLabel = look?.textContent ?? ''
  let sending = false
  let looking = false
  // Tells screen readers what the preview button does, because they do not see it change.
  const said = document.createElement('span')
  said.className = 'hidden'
  said.setAttribute('role', 'status')
  look?.after(said)

  form.addEventListener('submit', (event) => {
    const { submitter } = event
    // The button for language or look: the browser sends the form, and the page comes back with it.
    if (submitter instanceof HTMLButtonElement && submitter.name.startsWith('choose_')) return
    event.preventDefault()
    if (sending) return
    if (submitter === look && frame?.classList.contains('previewing')) writeOn()
    else if (submitter === look && look) void preview()
    else void send()
  })
  // Goes back from the preview to the field, so that a quote is visible.
  body?.addEventListener('input', () => {
    if (frame?.classList.contains('previewing')) writeOn()
  })
  body?.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.requestSubmit(main)
  })

  const send = async () => {
    const sent = body?.value ?? ''
    busy(true)
    complain({})
    // Not `form.action`, because a field of that name would hide it.
    const answer = await ask(form.getAttribute('action') ?? '', new FormData(form))
    busy(false)
    if (answer?.status === 401 || answer?.status === 409) return form.submit()
    if (answer?.redirected) {
      form.dispatchEvent(new CustomEvent('forum:sent'))
      return location.assign(answer.url)
    }
    const told = await toldIn(answer)
    if (answer?.status !== 201) return complain(told)
    form.dispatchEvent(new CustomEvent('forum:sent'))
    if (told.html) show(told, sent)
    else location.assign(told.location)
  }

  /** @param {{ location: string, number: number, html: string, request_id: string, subscription: string }} told @param {string} sent */
  const show = ({ location: place, number, html, request_id, subscription }, sent) => {
    const posted = new CustomEvent('forum:posted', { detail: { number, html }, cancelable: true })
    const shown = !document.dispatchEvent(posted)
    const written = body?.value ?? ''
    form.reset()
    // What was typed while the answer was on its way begins the next reply.
    if (body) body.value = written.startsWith(sent) ? written.slice(sent.length).trimStart() : written
    if (body?.value) body.dispatchEvent(new Event('input', { bubbles: true }))
    for (const part of form.querySelectorAll('.answering, .preview')) part.remove()
    // A first reply follows the thread.
    for (const part of document.querySelectorAll('.subscription')) part.outerHTML = subscription ?? part.outerHTML
    if (frame?.classList.contains('previewing')) writeOn()
    const id = /** @type {HTMLInputElement | null} */ (form.elements.namedItem('request_id'))
    if (id) id.value = request_id
    const lookFor = () => {
      const post = document.getElementById(`post-${number}`)
      if (post) post.scrollIntoView({ block: 'nearest' })
      else goTo(place)
    }
    if (!shown || document.getElementById(`post-${number}`)) lookFor()
    else setTimeout(lookFor, LONGEST_ARRIVAL)
  }

  /** Goes to the page with a post; reloads it when it is this page. @param {string} place */
  const goTo = (place) => {
    const { pathname, search } = new URL(place, location.href)
    const here = pathname + search === location.pathname + location.search
    location.assign(place)
    if (here) location.reload()
  }

  const preview = async () => {
    if (looking) return
    wait(true)
    const fields = new FormData()
    fields.set('body', body?.value ?? '')
    if (form.dataset.thread) fields.set('thread', form.dataset.thread)
    fields.set('language', String(new FormData(form).get('language') ?? ''))
    const answer = await ask('/preview', fields)
    const html = answer?.status === 200 ? await answer.text().catch(() => null) : null
    wait(false)
    if (answer?.status === 401) return submitForPreview()
    // The form was sent meanwhile, or the answer broke off.
    if (sending) return
    if (!answer || html === null) return complain(await toldIn(answer))
    complain({})
    if (!body) return
    const section = form.querySelector('.frame > .preview') ?? makePreview()
    const prose = section.querySelector('.prose')
    if (prose instanceof HTMLElement) {
      prose.lang = answer.headers.get('content-language') ?? ''
      prose.innerHTML = html
    }
    frame?.classList.add('previewing')
    if (look) look.textContent = words['script.write_on']
    said.textContent = words['posts.preview']
    section.scrollIntoView({ block: 'nearest' })
  }

  /** @param {boolean} now */
  const wait = (now) => {
    looking = now
    said.textContent = now ? words['script.looking'] : ''
    if (!look) return
    look.textContent = now ? words['script.looking'] : lookLabel
    look.setAttribute('aria-busy', String(now))
  }

  /** Goes back from the preview to the field. */
  const writeOn = () => {
    frame?.classList.remove('previewing')
    said.textContent = ''
    if (look) look.textContent = lookLabel
    body?.focus()
  }

  /**
   * Has the browser send the form as a preview through the login. Without the field `preview`, the login would publish
   * it.
   */
  const submitForPreview = () => {
    const asked = document.createElement('input')
    asked.type = 'hidden'
    asked.name = 'preview'
    asked.value = '1'
    form.append(asked)
    form.submit()
    // Removed again, because somebody who comes back to this page may want to send.
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
    // The preview that came with the page stands above the field.
    form.querySelector('.preview')?.remove()
    frame?.append(section)
    return section
  }

  /** @param {string} action @param {FormData} fields */
  const ask = async (action, fields) => {
    const pairs = [...fields].map(([name, value]) => [name, String(value)])
    // Without a limit, a connection that has gone silent would block the form for ever.
    const patience = new AbortController()
    setTimeout(() => patience.abort(), LONGEST_ANSWER)
    try {
      return await fetch(action, {
        method: 'POST',
        body: new URLSearchParams(pairs),
        headers: { accept: 'application/json' },
        signal: patience.signal,
      })
    } catch {
      return null
    }
  }

  /** The content of an answer: the reply that was made, or the errors by field. @param {Response | null} answer */
  const toldIn = async (answer) => {
    const told = await answer?.json().catch(() => null)
    if (answer?.status === 201 && told) return told
    return told?.fields ?? { '': told?.detail ?? words['script.not_sent'] }
  }

  /**
   * Shows each error beside its field, or beside the button when it belongs to none; then goes to the first.
   * @param {Record<string, string>} problems
   */
  const complain = (problems) => {
    if (Object.keys(problems).length > 0 && frame?.classList.contains('previewing')) writeOn()
    for (const old of form.querySelectorAll('.problem, .problems')) old.remove()
    for (const field of form.querySelectorAll('[aria-describedby]')) describe(field, '')
    for (const [name, message] of Object.entries(problems)) {
      const line = document.createElement('p')
      line.className = 'problem'
      line.id = `${name || 'form'}-problem`
      line.tabIndex = -1
      line.setAttribute('role', 'alert')
      line.textContent = message
      const field = name ? form.querySelector(`#field-${CSS.escape(name)}`) : null
      if (field) describe(field, line.id)
      if (field?.tagName === 'FIELDSET') (field.querySelector('.hint') ?? field.querySelector('legend'))?.after(line)
      else (field ?? form.querySelector('.buttons'))?.before(line)
    }
    const first = form.querySelector('.problem')
    const field = first && form.querySelector(`[aria-describedby~="${first.id}"]`)
    for (const one of [field ?? first]) if (one instanceof HTMLElement) one.focus({ preventScroll: true })
    // Scrolls to the message, because a group of choices below it may be taller than the screen.
    first?.scrollIntoView({ block: 'center' })
  }

  /** Links a field to its error, and removes the link to an earlier one. @param {Element} field @param {string} problem */
  const describe = (field, problem) => {
    const hints = (field.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => !id.endsWith('-problem'))
    const described = [...hints, problem].filter(Boolean).join(' ')
    if (described) field.setAttribute('aria-describedby', described)
    else field.removeAttribute('aria-describedby')
    if (field.tagName === 'FIELDSET') return
    if (problem) field.setAttribute('aria-invalid', 'true')
    else field.removeAttribute('aria-invalid')
  }

  /** @param {boolean} now */
  const busy = (now) => {
    sending = now
    if (!main) return
    main.textContent = now ? words['script.sending'] : label
    main.setAttribute('aria-disabled', String(now))
  }
}
