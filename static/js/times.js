/**
 * Shows times of the last days as «3 minutes ago» and keeps them up to date, with the exact time as a tooltip. Counts by
 * the forum's clock, because a device's clock may be hours wrong.
 */
const UNITS = /** @type {const} */ ([
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
])
/** Less than a minute ago is «now», because not every language has another short word for it. */
const NOW = /** @type {const} */ (['second', 60])
const OLDEST = 7 * 86_400
const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto', style: 'long' })

/** In the time zone that the page names, because live posts are written for readers of many zones. */
const exact = (/** @type {HTMLTimeElement} */ time) => {
  const { lang, dataset } = document.documentElement
  try {
    const how = /** @type {const} */ ({ dateStyle: 'medium', timeStyle: 'short', timeZone: dataset.timeZone })
    const words = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, how).format(new Date(time.dateTime))
    return lang === 'fr' ? words.replace(/^1 /, '1er ') : words
  } catch {
    // This browser does not know the zone.
    return time.textContent ?? ''
  }
}

const AHEAD = 'clock'
/** Milliseconds that this device is ahead of the forum; null before that is known. @type {number | null} */
let ahead = null

/** Asks once in each tab: the `Date` of an answer (RFC 9110, 6.6.1) is the forum's time in seconds. */
const compareClocks = async () => {
  const known = sessionStorage.getItem(AHEAD)
  if (known !== null) return Number(known)
  const began = Date.now()
  const answer = await fetch('/healthz', { method: 'HEAD' })
  const told = Date.parse(answer.headers.get('date') ?? '')
  const difference = (began + Date.now()) / 2 - told
  // Ignores less than two seconds: the header is no more exact.
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
    // An element without a time gives NaN here, so it is skipped too.
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
