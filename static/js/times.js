/** Shows times of the last days as «3 minutes ago», and keeps them so. The exact one is there to be pointed at. */
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
    return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, how).format(new Date(time.dateTime))
  } catch {
    // A zone that this browser does not know.
    return time.textContent ?? ''
  }
}

const tick = () => {
  for (const time of document.querySelectorAll('time')) {
    const seconds = (Date.now() - Date.parse(time.dateTime)) / 1_000
    if (seconds > OLDEST || seconds < -60) continue
    time.title ||= exact(time)
    const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? NOW
    time.textContent = words.format(-Math.floor(Math.max(0, seconds) / length), unit)
  }
}
tick()
setInterval(tick, 30_000)
document.addEventListener('forum:arrived', tick)
document.addEventListener('forum:altered', tick)
document.addEventListener('forum:posted', () => setTimeout(tick))
