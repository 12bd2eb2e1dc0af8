/**
 * The live connection of an open thread: sends each message on as `forum:live` on the document. It reconnects by itself
 * from the page's place (`data-last`, `data-change`, `data-locked`), and sets `data-live` while it is connected. Without
 * a connection the page works as without scripts.
 *
 * Listens to `forum:read`: how far the member has read.
 */
const thread = /** @type {HTMLElement | null} */ (document.querySelector('.posts[data-thread]'))

const CLOSED_AFTER_HIDDEN = 5 * 60_000
const LONGEST_WAIT = 30_000
/** The forum sends the number of readers at least twice a minute. After a longer silence the connection is dead. */
const LONGEST_SILENCE = 90_000
const THREAD_GONE = 4404
const RESTARTING = 1012

if (thread) {
  const { dataset } = thread
  let failures = 0
  /** The page missed too much to catch up. */
  let outdated = false
  /** @type {WebSocket | null} */
  let socket = null
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let silence

  const connect = () => {
    clearTimeout(waiting)
    if (socket || document.hidden || outdated || !('WebSocket' in window)) return
    const query = `thread=${dataset.thread}&after=${dataset.last}&change=${dataset.change}&locked=${'locked' in dataset}`
    const opened = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live?${query}`)
    socket = opened
    opened.onopen = () => {
      dataset.live = ''
      expectWords()
    }
    opened.onmessage = ({ data }) => {
      failures = 0
      expectWords()
      const message = JSON.parse(data)
      if (message.type === 'reload') {
        outdated = true
        leave()
      }
      document.dispatchEvent(new CustomEvent('forum:live', { detail: message }))
    }
    opened.onclose = ({ code }) => {
      leave()
      if (code !== THREAD_GONE) comeBack(code === RESTARTING ? 5_000 : Math.min(LONGEST_WAIT, 1_000 * 2 ** failures))
    }
  }

  /** @param {number} wait at most so many milliseconds, chosen at random, so that not all windows reconnect at once. */
  const comeBack = (wait) => {
    failures += 1
    waiting = setTimeout(connect, wait * (0.3 + 0.7 * Math.random()))
  }

  /** Notices a dead connection by its silence, because the browser reports nothing. */
  const expectWords = () => {
    clearTimeout(silence)
    silence = setTimeout(() => {
      leave()
      comeBack(1_000)
    }, LONGEST_SILENCE)
  }

  const leave = () => {
    clearTimeout(silence)
    delete dataset.live
    if (socket) socket.onclose = socket.onmessage = null
    socket?.close()
    socket = null
  }

  document.addEventListener('forum:read', (event) => {
    const { number, last } = /** @type {CustomEvent} */ (event).detail
    if (socket?.readyState === WebSocket.OPEN && !last) socket.send(JSON.stringify({ type: 'read', number }))
    else navigator.sendBeacon(`/threads/${dataset.thread}/read`, new URLSearchParams({ number }))
  })
  document.addEventListener('visibilitychange', () => {
    clearTimeout(leaving)
    if (document.hidden) leaving = setTimeout(leave, CLOSED_AFTER_HIDDEN)
    else connect()
  })
  addEventListener('online', connect)
  connect()
}
