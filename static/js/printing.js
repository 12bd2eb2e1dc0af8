/**
 * Before printing: replaces times such as «3 minutes ago» by exact ones, gives links their whole address unless their
 * text is the address, and adds the date. On paper, a relative time would be wrong at once.
 */
const { lang } = document.documentElement
/** In the calendar and time zone of this device. */
const today = () => {
  const day = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'long' }).format(new Date())
  return lang === 'fr' ? day.replace(/^1 /, '1er ') : day
}

addEventListener('beforeprint', () => {
  for (const time of document.querySelectorAll('time')) {
    if (time.title) time.textContent = time.title
  }
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.prose a[href]'))) {
    link.dataset.address = link.textContent?.trim() === link.getAttribute('href') ? '' : ` (${link.href})`
  }
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-printed]'))) {
    place.textContent = `${place.dataset.printed} ${today()}`
  }
})
addEventListener('afterprint', () => document.dispatchEvent(new CustomEvent('forum:altered')))
