/**
 * Keeps a text on the device while somebody writes, until the forum confirms that it has it: through a crash, a lost
 * session, a closed tab. Each form has its own draft, so that two windows on one thread do not overwrite each other. A
 * draft belongs to its author and to the address of its form. It is found again wherever that form is shown, and by
 * `/drafts`, which links to one (`#draft-…`). It also keeps the form's `request_id` and `version`: if only the answer
 * was lost, sending again makes no second post, and a change by others in between is noticed.
 *
 * Listens to `forum:sent` on a form and to `forum:log-out` (`leaving.js`). Sends `forum:draft`, with the answered post,
 * when it has restored a draft.
 */
const member = document.querySelector('.account bdi')?.textContent ?? ''
const MINE = `draft ${member} `
const LOGGED_OUT = 'logged out'
const SETTLED = 300
const MOST_OFFERED = 5
const EXCERPT = 60

/** Cuts between two graphemes, where the browser knows them. @param {string} text */
const beginningOf = (text) => {
  const end = 'Segmenter' in Intl ? new Intl.Segmenter().segment(text).containing(EXCERPT)?.index : 0
  return end ? text.slice(0, end) : [...text].slice(0, EXCERPT).join('')
}
const openedAt = Date.now()

/** @typedef {{ key: string, text: string, at: number, fields: Record<string, string[]> }} Draft */

/**
 * The answer to a logout clears the device's storage, and the note about the logout with it. So this window remembers it
 * too.
 */
let wasToldOfLogout = false
document.addEventListener('forum:log-out', () => {
  wasToldOfLogout = true
})
addEventListener('storage', ({ key }) => {
  if (key === LOGGED_OUT) wasToldOfLogout = true
})

/** The device's storage; null where the browser forbids it. */
const device = (() => {
  try {
    return localStorage
  } catch {
    return null
  }
})()

/** A window that was open when its member logged out stores nothing any more. */
const hasLoggedOut = () => wasToldOfLogout || Number(device?.getItem(LOGGED_OUT)) > openedAt

/**
 * The draft under a key; empty for anything else, which must not hide the others. @param {string} key @returns {Draft[]}
 */
const draftAt = (key) => {
  const text = device?.getItem(key) ?? ''
  try {
    const { at = 0, fields } = JSON.parse(text)
    const isText = (/** @type {unknown} */ one) => typeof one === 'string'
    const isDraft = fields.body.length > 0 && Object.values(fields).every((values) => values.every(isText))
    return isDraft ? [{ key, text, at, fields }] : []
  } catch {
    return []
  }
}

/** @param {HTMLFormElement} form */
const typed = (form) =>
  /** @type {(HTMLInputElement | HTMLTextAreaElement)[]} */ ([...form.querySelectorAll('textarea, input[type=text]')])

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll('form.compose[data-words]'))) {
  const words = JSON.parse(form.dataset.words ?? '{}')
  const place = MINE + new URL(form.getAttribute('action') ?? '', location.href).pathname
  const boards = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll('[name=boards]'))
  const atFirst = typed(form).map(({ value }) => value)
  /** The title of what it answers or edits, for the list of drafts. */
  const about = form.dataset.about ?? document.querySelector('h1')?.textContent?.trim()
  const newKey = () => `${place} ${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`
  let key = newKey()
  /** The draft that was restored into this form. @type {Draft | null} */
  let source = null
  /** Whether the forum has the text, or nobody wants it. */
  let isDone = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  const keep = () => {
    clearTimeout(timer)
    timer = undefined
    if (isDone || hasLoggedOut()) return
    const fields = typed(form)
    const untouched = fields.every(({ value }, index) => value === atFirst[index])
    if (untouched || fields.every(({ value }) => !value.trim())) device?.removeItem(key)
    else if (!put(JSON.stringify({ at: Date.now(), fields: held(), about }))) return
    dropSource()
  }

  /**
   * Whether the device stored the text; its storage may be full. Then a line warns the writer not to leave the page.
   * @param {string} text
   */
  const put = (text) => {
    try {
      device?.setItem(key, text)
    } catch {}
    const isKept = device?.getItem(key) === text
    const told = form.querySelector('.unkept')
    if (isKept) told?.remove()
    else if (!told) {
      const telling = line(words['script.draft_not_kept'], [])
      telling.className = 'notice unkept'
      form.prepend(telling)
    }
    return isKept
  }

  /** The fields of the form with their values. */
  const held = () => {
    const all = new FormData(form)
    return Object.fromEntries([...all.keys()].map((name) => [name, all.getAll(name)]))
  }

  /** Deletes the restored draft, unless another window has continued it. */
  const dropSource = () => {
    if (source && device?.getItem(source.key) === source.text) device.removeItem(source.key)
    source = null
  }

  const forget = () => {
    clearTimeout(timer)
    timer = undefined
    isDone = true
    device?.removeItem(key)
    dropSource()
    form.querySelector('.unkept')?.remove()
    key = newKey()
  }

  /** Drafts that no window has sent, newest first. @returns {Draft[]} */
  const drafts = () =>
    Object.keys(device ?? {})
      .filter((one) => one === place || one.startsWith(`${place} `))
      .flatMap(draftAt)
      .sort((one, other) => other.at - one.at)

  /** Whether a draft holds the same as this form, which came back. @param {Draft} draft */
  const isThis = ({ fields }) => {
    const id = form.elements.namedItem('request_id')
    if (id instanceof HTMLInputElement && fields.request_id) return fields.request_id[0] === id.value
    return typed(form).every(({ name, value }) => (fields[name]?.[0] ?? '') === value)
  }

  /** Whether this page was opened for other boards than the draft's. @param {Draft} draft */
  const isElsewhere = ({ fields }) =>
    [...boards].some(({ checked, value }) => checked && fields.boards && !fields.boards.includes(value))

  const pickUp = () => {
    const all = drafts()
    const asked = all.find(({ key }) => location.hash === `#draft-${key.slice(place.length + 1)}`)
    const [newest] = all
    // A form that came back from the forum holds the newest text.
    if (document.querySelector('main :is(.problems, .preview, .kept-form)')) {
      source = drafts().find(isThis) ?? null
    } else if (asked) take(asked)
    else if (newest && !isElsewhere(newest)) take(newest)
    offerOthers()
    if (asked) form.scrollIntoView()
  }

  /** @param {Draft} draft */
  const take = (draft) => {
    const { fields } = draft
    source = draft
    isDone = false
    for (const field of typed(form)) {
      const before = fields[field.name]?.[0]
      if (before === undefined || before === field.value) continue
      // The page was opened with a quote: it stays, below the draft.
      const quote = field.name === 'body' && form.id === 'reply' && field.value ? `\n\n${field.value}` : ''
      field.value = before.endsWith(quote) ? before : before + quote
    }
    for (const name of ['request_id', 'version']) {
      const field = form.elements.namedItem(name)
      if (field instanceof HTMLInputElement && fields[name]?.[0]) field.value = fields[name][0]
    }
    for (const board of fields.boards ? boards : []) {
      board.checked = fields.boards?.includes(board.value) ?? false
    }
    form.querySelector('.draft:not(.other)')?.remove()
    form.prepend(line(`${words['script.draft_found']} `, [[words['script.draft_forget'], erase]]))
    // Later, because the scripts that listen may not have run yet.
    setTimeout(() => form.dispatchEvent(new CustomEvent('forum:draft', { detail: { answers: fields.reply_to?.[0] } })))
  }

  const erase = () => {
    empty()
    forget()
    form.querySelector('.draft:not(.other)')?.remove()
  }

  const empty = () => {
    typed(form).forEach((field, index) => {
      field.value = atFirst[index] ?? ''
    })
  }

  /** Offers drafts of other windows, each with a button to continue and one to delete it. */
  const offerOthers = () => {
    for (const old of form.querySelectorAll('.draft.other')) old.remove()
    const others = drafts().filter((one) => one.key !== key && one.key !== source?.key)
    for (const draft of others.slice(0, MOST_OFFERED).reverse()) {
      const begins = `${draft.fields.title?.[0] ?? ''} ${draft.fields.body?.[0] ?? ''}`.trim()
      const excerpt = begins.length > EXCERPT ? `${beginningOf(begins)}…` : begins
      const goOn = () => {
        keep()
        empty()
        key = newKey()
        take(draft)
        offerOthers()
      }
      const drop = () => {
        device?.removeItem(draft.key)
        offerOthers()
      }
      const offer = line(`${words['script.another_draft']} `, [
        [words['script.draft_take'], goOn],
        [words['script.draft_forget'], drop],
      ])
      const quote = document.createElement('q')
      quote.dir = 'auto'
      quote.textContent = excerpt
      offer.firstChild?.after(quote, ' ')
      offer.classList.add('other')
      form.prepend(offer)
    }
  }

  /** @param {string} text @param {[label: string, act: () => void][]} acts */
  const line = (text, acts) => {
    const made = document.createElement('p')
    made.className = 'notice draft'
    made.setAttribute('role', 'status')
    made.textContent = text
    for (const [label, act] of acts) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'quiet'
      button.textContent = label
      button.onclick = act
      made.append(button, ' ')
    }
    return made
  }

  pickUp()
  form.addEventListener('input', () => {
    isDone = false
    clearTimeout(timer)
    timer = setTimeout(keep, SETTLED)
  })
  form.addEventListener('forum:sent', () => {
    forget()
    form.querySelector('.draft:not(.other)')?.remove()
  })
  addEventListener('pagehide', () => {
    if (!source) keep()
  })
}
