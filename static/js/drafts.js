/**
 * Keeps what is being written on the device until the forum has said that it has it: through a crash, a lost session,
 * a closed tab. A draft belongs to its author and to where its form is sent, so it is found again wherever that form is
 * shown. It keeps the form's `request_id` and `version` too: where the forum had it and only its answer was lost,
 * sending it again makes no second post, and where others have changed the post since, that is noticed.
 *
 * Hears `forum:sent` on a form; tells `forum:draft` when a draft has been picked up, with the post that it answers.
 */
const returned = /** @type {HTMLElement | null} */ (document.querySelector('.kept-form'))
const member = document.querySelector('.account bdi')?.textContent ?? returned?.dataset.member ?? ''
const PREFIX = `draft ${member} `
const SETTLED = 300
let loggingOut = false

/** @param {HTMLFormElement} form */
const keyOf = (form) => PREFIX + new URL(form.action).pathname
/** @param {HTMLFormElement} form */
const typed = (form) =>
  /** @type {(HTMLInputElement | HTMLTextAreaElement)[]} */ ([...form.querySelectorAll('textarea, input[type=text]')])

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form.compose[data-words]'))) {
  const words = JSON.parse(form.dataset.words ?? '{}')
  const key = keyOf(form)
  const atFirst = typed(form).map(({ value }) => value)
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  const keep = () => {
    clearTimeout(timer)
    timer = undefined
    const fields = typed(form)
    const untouched = fields.every(({ value }, index) => value === atFirst[index])
    if (untouched || fields.every(({ value }) => !value.trim())) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(held()))
  }

  /** What the form holds, by the fields' names. */
  const held = () => {
    const all = new FormData(form)
    return Object.fromEntries([...all.keys()].map((name) => [name, all.getAll(name)]))
  }

  const forget = () => {
    clearTimeout(timer)
    timer = undefined
    localStorage.removeItem(key)
  }

  const pickUp = () => {
    const kept = localStorage.getItem(key)
    // A form that came back from the forum holds what was typed last.
    if (!kept || form.querySelector('.problems, .preview') || returned) return
    /** @type {Record<string, string[]>} */
    const draft = JSON.parse(kept)
    for (const field of typed(form)) {
      const before = draft[field.name]?.[0]
      if (before === undefined || before === field.value) continue
      // A quote that the page was opened with stays, below what was being written.
      const quote = field.name === 'body' && form.id === 'reply' && field.value ? `\n\n${field.value}` : ''
      field.value = before.endsWith(quote) ? before : before + quote
    }
    for (const name of ['request_id', 'version']) {
      const field = form.elements.namedItem(name)
      if (field instanceof HTMLInputElement && draft[name]?.[0]) field.value = draft[name][0]
    }
    for (const board of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('[name=boards]'))) {
      board.checked ||= draft.boards?.includes(board.value) ?? false
    }
    offerToForget(draft)
    // Those who hear of it are there once all scripts have run.
    setTimeout(() => form.dispatchEvent(new CustomEvent('forum:draft', { detail: { answers: draft.reply_to?.[0] } })))
  }

  /** @param {Record<string, string[]>} draft */
  const offerToForget = (draft) => {
    const line = document.createElement('p')
    line.className = 'notice draft'
    line.setAttribute('role', 'status')
    line.textContent = `${words['script.draft_found']} `
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'quiet'
    button.textContent = words['script.draft_forget']
    button.onclick = () => {
      typed(form).forEach((field, index) => {
        if (field.name in draft) field.value = atFirst[index] ?? ''
      })
      forget()
      line.remove()
    }
    line.append(button)
    form.prepend(line)
  }

  pickUp()
  form.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(keep, SETTLED)
  })
  form.addEventListener('forum:sent', () => {
    forget()
    form.querySelector('.draft')?.remove()
  })
  addEventListener('pagehide', () => {
    if (timer && !loggingOut) keep()
  })
}

/** Whoever logs out leaves nothing behind for the next person at this device. */
for (const form of document.querySelectorAll('form[action="/logout"]')) {
  form.addEventListener('submit', () => {
    loggingOut = true
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
  })
}
