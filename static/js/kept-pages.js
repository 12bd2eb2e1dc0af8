/**
 * On the page `/offline`: lists the copies on this device, the last read first, and deletes them on request. When it is
 * shown instead of a page without a copy, it says so.
 */
const OFFLINE = '/offline'

const list = document.querySelector('[data-kept]')
const forget = /** @type {HTMLButtonElement | null} */ (document.querySelector('[data-forget]'))

/** The forum's name, which ends every page's title. */
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
