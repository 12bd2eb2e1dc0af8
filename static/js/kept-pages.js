/**
 * On the page `/offline`: lists the pages that are kept on this device, the last read first, and forgets them where somebody
 * asks for it. Says so where it stands in the place of a page that is not kept.
 */
const OFFLINE = '/offline'

const list = document.querySelector('[data-kept]')
const forget = /** @type {HTMLButtonElement | null} */ (document.querySelector('[data-forget]'))

/** The forum's name, which the title of each page ends with. */
const ending = document.title.slice(document.querySelector('h1')?.textContent?.length ?? 0)

const show = async () => {
  const pages = await caches.open('pages')
  const addresses = (await pages.keys()).map(({ url }) => new URL(url)).filter(({ pathname }) => pathname !== OFFLINE)
  const items = addresses.reverse().map(async ({ pathname, search }) => {
    const answer = await pages.match(pathname + search)
    const title = new DOMParser().parseFromString((await answer?.text()) ?? '', 'text/html').title
    const item = document.createElement('li')
    const link = document.createElement('a')
    link.href = pathname + search
    link.dir = 'auto'
    link.textContent = (title.endsWith(ending) ? title.slice(0, title.length - ending.length) : title) || pathname
    item.append(link)
    return item
  })
  list?.replaceChildren(...(await Promise.all(items)))
  for (const part of document.querySelectorAll('[data-if-kept]'))
    if (part instanceof HTMLElement) part.hidden = !items.length
  for (const part of document.querySelectorAll('[data-if-none]'))
    if (part instanceof HTMLElement) part.hidden = !!items.length
}

const missing = document.querySelector('[data-if-missing]')
if (missing instanceof HTMLElement) missing.hidden = location.pathname === OFFLINE
if (list && 'caches' in window) {
  void show()
  forget?.addEventListener('click', async () => {
    const pages = await caches.open('pages')
    for (const { url } of await pages.keys()) if (new URL(url).pathname !== OFFLINE) await pages.delete(url)
    await show()
  })
}
