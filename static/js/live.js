/**
 * The connection of an open thread: tells what comes by it as `forum:live` on the document, comes back by itself from
 * where the page stands (`data-last`, `data-change`, `data-locked`), and says in `data-live` that it is there. Where there is none to
 * be had, the page is as it was.
 *
 * Hears `forum:read`: the reader has come so far.
 */
const thread = /** @type {HTMLElement | null} */ (document.querySelector('.posts[data-thread]'))

const CLOSED_AFTER_HIDDEN = 5 * 60_000
const LONGEST_WAIT = 30_000
/** The forum says how many are reading at least twice a minute; a connection without a word is one in name only. */
const LONGEST_SILENCE = 90_000
const THREAD_GONE = 4404
const RESTARTING = 1012

if (thread) {
  const { dataset } = thread
  let failures = 0
  /** Too much was missed: from where the page stands, there is no way on. */
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

  /** @param {number} wait milliseconds at the most: not everybody comes at once. */
  const comeBack = (wait) => {
    failures += 1
    waiting = setTimeout(connect, wait * (0.3 + 0.7 * Math.random()))
  }

  /** Nobody tells a browser that the other end has gone without a word. */
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
