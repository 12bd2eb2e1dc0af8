/**
 * Shows times of the last days as «3 minutes ago», and keeps them so. The exact one is there to be pointed at. «Ago» is by
 * the forum's clock: one of a device may be hours ahead or behind.
 */
const UNITS = /** @type {const} */ ([
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
])
/** Less than a minute ago is «now»: there is no other word for it that every language has. */
const NOW = /** @type {const} */ (['second', 60])
const OLDEST = 7 * 86_400
const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto', style: 'long' })

/** By the clock that the page names: what has arrived live was written for readers of many zones. */
const exact = (/** @type {HTMLTimeElement} */ time) => {
  const { lang, dataset } = document.documentElement
  try {
    const how = /** @type {const} */ ({ dateStyle: 'medium', timeStyle: 'short', timeZone: dataset.timeZone })
    const words = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, how).format(new Date(time.dateTime))
    return lang === 'fr' ? words.replace(/^1 /, '1er ') : words
  } catch {
    // A zone that this browser does not know.
    return time.textContent ?? ''
  }
}

const AHEAD = 'clock'
/** By so many milliseconds this device is ahead of the forum; null until that is known. @type {number | null} */
let ahead = null

/** Asked once in each tab: an answer's `Date` (RFC 9110, 6.6.1) is the forum's time, to the second. */
const compareClocks = async () => {
  const known = sessionStorage.getItem(AHEAD)
  if (known !== null) return Number(known)
  const began = Date.now()
  const answer = await fetch('/healthz', { method: 'HEAD' })
  const told = Date.parse(answer.headers.get('date') ?? '')
  const difference = (began + Date.now()) / 2 - told
  // As exact as the header is, and as most devices are.
  const result = Math.abs(difference) < 2_000 || Number.isNaN(told) ? 0 : difference
  sessionStorage.setItem(AHEAD, String(result))
  return result
}

const tick = () => {
  if (ahead === null) return
  const now = Date.now() - ahead
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (document.querySelectorAll('time[datetime]'))) {
    if (!time.textContent) time.textContent = exact(time)
    const seconds = (now - Date.parse(time.dateTime)) / 1_000
    // Also skips an element whose time is not filled in yet.
    if (!(seconds <= OLDEST && seconds >= -60)) continue
    time.title ||= exact(time)
    const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? NOW
    time.textContent = words.format(-Math.floor(Math.max(0, seconds) / length), unit)
  }
}
const start = (/** @type {number} */ difference) => {
  ahead = difference
  tick()
}
compareClocks().then(start, () => start(0))
setInterval(tick, 30_000)
document.addEventListener('forum:arrived', tick)
document.addEventListener('forum:altered', tick)
document.addEventListener('forum:posted', () => setTimeout(tick))
