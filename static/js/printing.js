/**
 * On paper «3 minutes ago» would be wrong before it is dry: there times are exact, links lead to whole addresses, but for
 * those that are their own words, and the page says when it was printed.
 */
const { lang } = document.documentElement
/** On this device's calendar. */
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
