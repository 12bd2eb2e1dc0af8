/**
 * On the page `/drafts`: lists what `drafts.js` keeps on this device, newest first, each with a link to its form. A
 * deleted draft can be restored while the page is open.
 */
const member = document.querySelector('.account bdi')?.textContent ?? ''
const MINE = `draft ${member} `
const LOGGED_OUT = 'logged out'
const EXCERPT = 200
/** The page of each form, by the address it is sent to. @type {[kind: string, sentTo: RegExp, page: string][]} */
const FORMS = [
  ['thread', /^\/threads$/, '/threads/new'],
  ['reply', /^(\/threads\/\d+)\/replies$/, '$1'],
  ['edit', /^(\/posts\/\d+\/edit)$/, '$1'],
]

const list = document.querySelector('[data-drafts]')
const none = /** @type {HTMLElement | null} */ (document.querySelector('[data-if-none]'))
const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector('template#draft'))
/** Drafts that were deleted here, as they were stored. @type {Map<string, string>} */
const thrownAway = new Map()

/** The draft under a key; empty unless it belongs to a known form. @param {string} key */
const draftAt = (key) => {
  const [path = '', id = ''] = key.slice(MINE.length).split(' ')
  const [kind = '', sentTo = /$/, page = ''] = FORMS.find(([, form]) => form.test(path)) ?? []
  try {
    const { at, fields, about = '' } = JSON.parse(thrownAway.get(key) ?? localStorage.getItem(key) ?? '{}')
    if (!kind || !Array.isArray(fields.body)) return []
    const [title, body] = [fields.title?.[0].trim() || String(about), fields.body[0].trim()]
    const savedAt = new Date(at).toISOString()
    return [{ key, at, savedAt, kind, title, body, page: `${path.replace(sentTo, page)}#draft-${id}` }]
  } catch {
    // Another program's entry, or a damaged one: it must not hide the others.
    return []
  }
}

/** @param {ReturnType<typeof draftAt>[number]} draft @param {number} index */
const line = ({ key, savedAt, kind, title, body: words, page }, index) => {
  const item = /** @type {HTMLElement} */ (template?.content.firstElementChild?.cloneNode(true))
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (item.querySelector(name))
  for (const name of item.querySelectorAll('[data-kind]'))
    if (name instanceof HTMLElement && name.dataset.kind !== kind) name.remove()
  const isKept = !thrownAway.has(key)
  const heading = part('h2')
  heading.id = `draft-title-${index}`
  if (title) heading.textContent = title
  part('time').setAttribute('datetime', savedAt)
  const isLong = words.length > EXCERPT
  part('.excerpt').textContent = isLong ? `${words.slice(0, EXCERPT)}…` : words
  part('.excerpt').hidden = !words
  part('.all-words').textContent = words
  part('details').hidden = !isLong
  const link = /** @type {HTMLAnchorElement} */ (part('a'))
  link.href = page
  for (const control of item.querySelectorAll('a, button')) control.setAttribute('aria-describedby', heading.id)
  for (const choice of item.querySelectorAll('[data-if-kept]'))
    if (choice instanceof HTMLElement) choice.hidden = !isKept
  for (const choice of item.querySelectorAll('[data-if-thrown]'))
    if (choice instanceof HTMLElement) choice.hidden = isKept
  part('button[data-throw]').onclick = () => {
    thrownAway.set(key, localStorage.getItem(key) ?? '')
    localStorage.removeItem(key)
    show(heading.id)
  }
  part('button[data-back]').onclick = () => {
    localStorage.setItem(key, thrownAway.get(key) ?? '')
    thrownAway.delete(key)
    show(heading.id)
  }
  return item
}

/** @param {string} [held] the heading of the draft whose button was pressed: its other button gets the focus. */
const show = (held) => {
  const keys = [...Object.keys(localStorage).filter((key) => key.startsWith(`${MINE}/`)), ...thrownAway.keys()]
  const drafts = keys.flatMap(draftAt).sort((one, other) => other.at - one.at)
  list?.replaceChildren(...drafts.map(line))
  if (none) none.hidden = drafts.length > 0
  document.dispatchEvent(new Event('forum:altered'))
  const buttons = /** @type {HTMLElement[]} */ ([...(list?.querySelectorAll('button') ?? [])])
  buttons.find((one) => one.getAttribute('aria-describedby') === held && !one.closest('[hidden]'))?.focus()
}

if (list && template) {
  show()
  // Another window has written, sent or logged out, or the reader comes back to this page.
  addEventListener('storage', ({ key }) => (key === LOGGED_OUT ? location.reload() : show()))
  addEventListener('pageshow', ({ persisted }) => persisted && show())
}
