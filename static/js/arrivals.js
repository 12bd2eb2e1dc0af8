/**
 * Shows what arrives in an open thread (`forum:live`): new posts below the reader's place, or behind a quiet link; edits
 * and deletions in place.
 *
 * Sends `forum:arrived` (a new post is on this page or a later one) and `forum:altered` (a post has changed). Listens to
 * `forum:posted` (this window has sent a reply), and cancels it when it shows the reply itself.
 */
const thread = /** @type {HTMLElement | null} */ (document.querySelector('.posts[data-thread]'))

const SUMMED_UP = 1_000

if (thread) {
  const words = JSON.parse(thread.dataset.words ?? '{}')
  const plural = new Intl.PluralRules(document.documentElement.lang)
  /** @param {string} key @param {number} count */
  const counted = (key, count) =>
    words[key][plural.select(count)].replace('{count}', count.toLocaleString(document.documentElement.lang))
  const page = Number(thread.dataset.page)
  const perPage = Number(thread.dataset.perPage)
  const lastPage = page === Number(thread.dataset.pages)
  let beyond = 0
  let unsaid = 0
  /** The number of the member's own reply, while posts before it have not arrived; 0 for none. */
  let awaited = 0

  const muted = thread.dataset.muted?.split(' ') ?? []

  /** @param {{ type: string, number: number, html: string, author?: number, count: number, shown: string, label: string }} message */
  const hear = (message) => {
    const { type, number, author } = message
    const html = muted.includes(String(author)) ? folded(message.html) : message.html
    if (type === 'post') arrive(number, html)
    else if (type === 'edited' || type === 'deleted') alter(type, number, html)
    else if (type === 'changes') thread.dataset.change = String(number)
    else if (type === 'readers') showReaders(message.count)
    else if (type === 'unread') showUnread(message)
    else if (type === 'moved') tell(words['script.moved'], location.pathname + location.search)
    else if (type === 'reload') tell(words['script.reload'], location.pathname + location.search)
  }

  /** Folds a post whose author the reader has muted. @param {string} html */
  const folded = (html) => {
    const post = element(html)
    const fold = document.createElement('details')
    fold.className = 'muted'
    fold.append(document.createElement('summary'))
    fold.firstElementChild?.append(words['posts.muted'])
    const prose = post.querySelector('.prose')
    prose?.replaceWith(fold)
    if (prose) fold.append(prose)
    return post.outerHTML
  }

  /** @param {number} number @param {string} html */
  const arrive = (number, html) => {
    if (number <= Number(thread.dataset.last)) return appear(number, html)
    thread.dataset.last = String(number)
    const post = element(html)
    if (isHere(number)) keepingPlace(() => thread.append(...markNew(post), withActions(post)))
    else {
      beyond += 1
      tell(counted('script.new_replies', beyond), `/threads/${thread.dataset.thread}/posts/${number - beyond + 1}`)
    }
    countReplies(1)
    if (number === awaited) post.scrollIntoView({ block: 'nearest' })
    sumUp()
    document.dispatchEvent(new CustomEvent('forum:arrived', { detail: { number, own: isOwn(post) } }))
  }

  /** Draws a line above the first new post of others, once. @param {HTMLElement} post */
  const markNew = (post) => {
    if (isOwn(post) || thread.querySelector('.since')) return []
    const line = document.createElement('p')
    line.className = 'since'
    line.textContent = words['script.new_here']
    return [line]
  }

  /** Shows a post that a moderator has approved, at its number. @param {number} number @param {string} html */
  const appear = (number, html) => {
    const there = document.getElementById(`post-${number}`)
    if (there && !there.classList.contains('held')) return
    if (Math.ceil(number / perPage) !== page) return
    const post = withActions(element(html))
    const next = [...thread.children].find(({ id }) => Number(id.replace('post-', '')) > number)
    keepingPlace(() => (there ? there.replaceWith(post) : thread.insertBefore(post, next ?? null)))
    countReplies(1)
    document.dispatchEvent(new CustomEvent('forum:altered'))
  }

  /** @param {1 | -1} by */
  const countReplies = (by) => {
    const line = /** @type {HTMLElement | null} */ (document.querySelector('.head [data-replies]'))
    if (!line) return
    const count = Number(line.dataset.replies) + by
    line.dataset.replies = String(count)
    line.textContent = counted('threads.replies', count)
  }

  /** Whether a new post with a number belongs on this page. @param {number} number */
  const isHere = (number) => lastPage && number <= page * perPage

  /** @param {string} type @param {number} number @param {string} html */
  const alter = (type, number, html) => {
    const post = document.getElementById(`post-${number}`)
    if (!post) return
    if (type === 'edited') keepingPlace(() => rewrite(post, html))
    else if (!post.classList.contains('deleted')) keepingPlace(() => empty(post))
    document.dispatchEvent(new CustomEvent('forum:altered'))
  }

  /** @param {HTMLElement} post @param {string} html */
  const rewrite = (post, html) => {
    const rewritten = element(html)
    if (post.classList.contains('deleted')) countReplies(1)
    const actions = post.querySelector('.actions')
    if (actions && !post.classList.contains('deleted')) rewritten.append(actions)
    else withActions(rewritten)
    post.replaceWith(rewritten)
  }

  /** @param {HTMLElement} post */
  const empty = (post) => {
    post.classList.add('deleted')
    countReplies(-1)
    for (const part of post.querySelectorAll('.prose, .muted, .answered, .when, .actions')) part.remove()
    const gone = document.createElement('span')
    gone.textContent = words['posts.deleted']
    post.querySelector('.member, .former')?.replaceWith(gone)
  }

  /**
   * Changes the page above while what somebody writes, or else reads, stays at its place on the screen. @param {() =>
   * void} act
   */
  const keepingPlace = (act) => {
    const kept =
      document.activeElement?.closest('form.compose') ??
      [...thread.children].find((post) => post.getBoundingClientRect().bottom > 0)
    const before = kept?.getBoundingClientRect().top ?? 0
    // Otherwise the browser also anchors the page, and the two corrections add up.
    document.documentElement.style.overflowAnchor = 'none'
    act()
    const now = kept?.isConnected ? kept : document.getElementById(kept?.id ?? '')
    if (now) scrollBy({ top: now.getBoundingClientRect().top - before, behavior: 'instant' })
    requestAnimationFrame(() => document.documentElement.style.removeProperty('overflow-anchor'))
  }

  /** @param {string} html */
  const element = (html) => {
    const holder = document.createElement('template')
    holder.innerHTML = html
    return /** @type {HTMLElement} */ (holder.content.firstElementChild)
  }

  /** @param {HTMLElement} post */
  const isOwn = (post) => post.querySelector('.member')?.textContent?.trim() === thread.dataset.member

  /** Adds the buttons for this reader, because the channel sends the same post to everybody. @param {HTMLElement} post */
  const withActions = (post) => {
    const template = document.getElementById(isOwn(post) ? 'own-actions' : 'actions')
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

  /** @param {{ count: number, shown: string, label: string }} message */
  const showUnread = ({ count, shown, label }) => {
    const unread = /** @type {HTMLElement | null} */ (document.querySelector('.bell .badge'))
    if (!unread) return
    unread.hidden = count === 0
    const [number, words] = unread.children
    if (number) number.textContent = shown
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

  /** Tells screen readers in one sentence what has arrived in the last seconds. */
  const sumUp = () => {
    if (unsaid === 0) setTimeout(say, SUMMED_UP)
    unsaid += 1
  }
  const say = () => {
    const line = document.querySelector('main > [aria-live]')
    if (line) line.textContent = counted('script.arrived', unsaid)
    unsaid = 0
  }

  /** @param {number} count */
  const showReaders = (count) => {
    const line = /** @type {HTMLElement | null} */ (document.querySelector('.readers'))
    if (!line) return
    line.textContent = counted('script.readers', count)
    line.hidden = count < 2
  }

  document.addEventListener('forum:live', (event) => hear(/** @type {CustomEvent} */ (event).detail))
  document.addEventListener('forum:posted', (event) => {
    const { number, html } = /** @type {CustomEvent} */ (event).detail
    const known = document.getElementById(`post-${number}`)
    if (known) known.replaceWith(element(html))
    else if (isHere(number) && number === Number(thread.dataset.last) + 1) {
      thread.dataset.last = String(number)
      thread.append(element(html))
      countReplies(1)
    } else if (isHere(number) && 'live' in thread.dataset) awaited = number
    else return
    event.preventDefault()
  })
}
