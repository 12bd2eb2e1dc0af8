/**
 * Keeps an open thread up to date: new posts come in below what is being read, or are told of in a quiet link; edits
 * and deletions happen in place. Where there is no connection to be had, the page is as it was.
 *
 * Others hear of it by the document's events: `forum:arrived` (a new post is on the page or beyond it); and tell of
 * theirs: `forum:posted` (this window has sent a reply), `forum:read` (the reader has come so far).
 */
const thread = /** @type {HTMLElement | null} */ (document.querySelector('.posts[data-thread]'))

const CLOSED_AFTER_HIDDEN = 5 * 60_000
const LONGEST_WAIT = 30_000
const POSTS_PER_PAGE = 20
const THREAD_GONE = 4404
const RESTARTING = 1012

if (thread) {
  const words = JSON.parse(thread.dataset.words ?? '{}')
  const plural = new Intl.PluralRules(document.documentElement.lang)
  /** @param {string} key @param {number} count */
  const counted = (key, count) => words[key][plural.select(count)].replace('{count}', String(count))
  const page = Number(thread.dataset.page)
  const lastPage = page === Number(thread.dataset.pages)
  let last = Number(thread.dataset.last)
  let change = Number(thread.dataset.change)
  let beyond = 0
  let failures = 0
  /** @type {WebSocket | null} */
  let socket = null
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving

  const connect = () => {
    clearTimeout(waiting)
    if (socket || document.hidden) return
    const query = `thread=${thread.dataset.thread}&after=${last}&change=${change}`
    const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live?${query}`)
    socket = opened
    opened.onopen = () => {
      failures = 0
    }
    opened.onmessage = ({ data }) => hear(JSON.parse(data))
    opened.onclose = ({ code }) => {
      socket = null
      if (code === THREAD_GONE || document.hidden) return
      const wait = code === RESTARTING ? 5_000 : Math.min(LONGEST_WAIT, 1_000 * 2 ** failures)
      failures += 1
      waiting = setTimeout(connect, wait * (0.3 + 0.7 * Math.random()))
    }
  }

  /** @param {{ type: string, number: number, html: string, change?: number, count: number, label: string }} message */
  const hear = (message) => {
    if (message.type === 'post') arrive(message.number, message.html)
    else if (message.type === 'edited' || message.type === 'deleted') alter(message)
    else if (message.type === 'readers') showReaders(message.count)
    else if (message.type === 'unread') showUnread(message)
    else if (message.type === 'reload') tell(words['script.reload'], location.pathname + location.search)
  }

  /** @param {number} number @param {string} html */
  const arrive = (number, html) => {
    if (number <= last) return
    last = number
    if (lastPage && number <= page * POSTS_PER_PAGE) keepingPlace(() => thread.append(withActions(element(html))))
    else {
      beyond += 1
      tell(counted('script.new_replies', beyond), `/threads/${thread.dataset.thread}/posts/${number - beyond + 1}`)
    }
    summary(counted('script.arrived', 1))
    document.dispatchEvent(new CustomEvent('forum:arrived', { detail: { number } }))
  }

  /** @param {{ type: string, number: number, html: string, change?: number }} message */
  const alter = ({ type, number, html, change: latest }) => {
    change = Math.max(change, latest ?? 0)
    const post = document.getElementById(`post-${number}`)
    if (!post) return
    const actions = post.querySelector('.actions')
    if (type === 'edited') {
      const altered = element(html)
      if (actions && !post.classList.contains('deleted')) altered.append(actions)
      else withActions(altered)
      post.replaceWith(altered)
    } else if (!post.classList.contains('deleted')) {
      post.classList.add('deleted')
      for (const part of post.querySelectorAll('.prose, .answered, .when, .actions')) part.remove()
      const name = post.querySelector('.member')
      const gone = document.createElement('span')
      gone.textContent = words['posts.deleted']
      name?.replaceWith(gone)
    }
  }

  /** Somebody who is writing below must not be pushed away by what arrives above. @param {() => void} act */
  const keepingPlace = (act) => {
    const form = document.activeElement?.closest('form.compose')
    if (!form) return act()
    const before = form.getBoundingClientRect().top
    // Else the browser would keep another place, and both would be kept together.
    document.documentElement.style.overflowAnchor = 'none'
    act()
    scrollBy({ top: form.getBoundingClientRect().top - before, behavior: 'instant' })
    requestAnimationFrame(() => document.documentElement.style.removeProperty('overflow-anchor'))
  }

  /** @param {string} html */
  const element = (html) => {
    const holder = document.createElement('template')
    holder.innerHTML = html
    return /** @type {HTMLElement} */ (holder.content.firstElementChild)
  }

  /** What the channel tells is for everybody; what this reader may do with it stands in the page. @param {HTMLElement} post */
  const withActions = (post) => {
    const own = post.querySelector('.member')?.textContent?.trim() === thread.dataset.member
    const template = document.getElementById(own ? 'own-actions' : 'actions')
    if (!(template instanceof HTMLTemplateElement)) return post
    const number = post.id.replace('post-', '')
    const actions = element(template.innerHTML)
    for (const link of actions.querySelectorAll('a')) {
      const address = link.getAttribute('href') ?? ''
      link.href = address.replace('/posts/0/', `/posts/${post.dataset.id}/`).replace('=0#', `=${number}#`)
      for (const name of ['replyTo', 'quote']) if (name in link.dataset) link.dataset[name] = number
    }
    for (const form of actions.querySelectorAll('form')) {
      const address = form.getAttribute('action') ?? ''
      form.setAttribute('action', address.replace('/posts/0/', `/posts/${post.dataset.id}/`))
    }
    for (const label of actions.querySelectorAll('.hidden')) {
      label.textContent = (label.textContent ?? '').replace('0', number)
    }
    post.append(actions)
    return post
  }

  /** @param {{ count: number, label: string }} message */
  const showUnread = ({ count, label }) => {
    const unread = /** @type {HTMLElement | null} */ (document.querySelector('.bell .badge'))
    if (!unread) return
    unread.hidden = count === 0
    const [number, words] = unread.children
    if (number) number.textContent = String(count)
    if (words) words.textContent = label
  }

  /** @param {string} text @param {string} address */
  const tell = (text, address) => {
    const line = /** @type {HTMLElement} */ (document.querySelector('.arrivals'))
    const link = /** @type {HTMLAnchorElement} */ (line.firstElementChild)
    link.textContent = text
    link.href = address
    line.hidden = false
  }

  /** @param {string} text */
  const summary = (text) => {
    const line = document.querySelector('main > [role=status]')
    if (line) line.textContent = text
  }

  /** @param {number} count */
  const showReaders = (count) => {
    const line = /** @type {HTMLElement | null} */ (document.querySelector('.readers'))
    if (!line) return
    line.textContent = counted('script.readers', count)
    line.hidden = count < 2
  }

  document.addEventListener('forum:posted', (event) => {
    const { number, html } = /** @type {CustomEvent} */ (event).detail
    const known = document.getElementById(`post-${number}`)
    if (known) known.replaceWith(element(html))
    else if (lastPage && number === last + 1 && number <= page * POSTS_PER_PAGE) {
      last = number
      thread.append(element(html))
    }
  })
  document.addEventListener('forum:read', (event) => {
    const { number } = /** @type {CustomEvent} */ (event).detail
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'read', number }))
  })
  document.addEventListener('visibilitychange', () => {
    clearTimeout(leaving)
    if (document.hidden) leaving = setTimeout(() => socket?.close(), CLOSED_AFTER_HIDDEN)
    else connect()
  })
  addEventListener('online', connect)
  connect()
}
