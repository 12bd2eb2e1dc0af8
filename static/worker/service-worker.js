/**
 * Keeps copies of pages to read them again without a connection. By itself it fetches only `/offline`, which lists the
 * copies, and sends nothing: a text waits in its form until its writer sends it. Logging out empties the browser's
 * storage, and so deletes the copies.
 */
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self))

const PAGES = 'pages'
const FILES = 'files'
const OFFLINE = '/offline'
const MOST_PAGES = 60
/** Styles and scripts of the newest pages. Each release of the forum has three or four. */
const MOST_FILES = 16
/** Pages for reading only: no settings, no forms, nothing that only moderators see. */
const READ = /^\/$|^\/(?:cities|technologies|threads)(?:\/|$)/
const WRITTEN = /\/(?:new|edit|history|flag|move)$/
const GONE = [401, 403, 404, 410]
const KEPT_AT = 'x-kept-at'
/** The headers that limit what a page runs, loads and sends. A copy needs the same protection as the page. */
const GUARDS = ['content-security-policy', 'referrer-policy', 'x-frame-options', 'x-content-type-options']

worker.addEventListener('install', (event) => {
  void worker.skipWaiting()
  event.waitUntil(keepOffline())
})
worker.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([worker.clients.claim(), worker.registration.navigationPreload?.enable()]))
})
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (request.mode === 'navigate') event.respondWith(pageFor(event))
  else if (pathname.startsWith('/assets/')) event.respondWith(fileFor(request))
})

worker.addEventListener('push', (event) => {
  event.waitUntil(notify())
})
worker.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(worker.clients.openWindow('/notifications'))
})

/** Shows a notification with the forum's words, which are kept here, because the push message is empty. */
async function notify() {
  const kept = await (await caches.open(PAGES)).match(OFFLINE)
  const markup = (await kept?.text()) ?? ''
  const [, name = location.host] = markup.match(/<title>[^<]* · ([^<]*)</) ?? []
  const [, body = ''] = markup.match(/<p data-notified hidden>([^<]*)</) ?? []
  await worker.registration.showNotification(name, { body, tag: 'new', icon: '/icon-192.png' })
}

/** The page from the server; without a connection, its copy. @param {FetchEvent} event */
async function pageFor(event) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request))
    event.waitUntil(keep(event.request.url, answer.clone()))
    return answer
  } catch (error) {
    const kept = await keptPage(event.request.url)
    if (kept) return kept
    throw error
  }
}

/** @param {string} address @param {Response} answer */
async function keep(address, answer) {
  const url = new URL(address)
  if (!READ.test(url.pathname) || WRITTEN.test(url.pathname)) return
  const pages = await caches.open(PAGES)
  if (GONE.includes(answer.status)) return forget(pages, url)
  // An answer with `Age` is a page that the forum kept while its database was away. The copy here may be newer.
  if (!answer.ok || answer.headers.has('age') || !answer.headers.get('content-type')?.startsWith('text/html')) return
  await store(pages, keyOf(url), answer)
  await trim(pages, MOST_PAGES)
}

/**
 * Deletes the copy of a page that the reader may not see any more; for a thread, the copies of all its pages.
 * @param {Cache} pages @param {URL} url
 */
async function forget(pages, url) {
  const thread = threadOf(url.pathname)
  for (const { url: kept } of await pages.keys()) {
    const { pathname, search } = new URL(kept)
    if (pathname + search === keyOf(url) || (thread && threadOf(pathname) === thread)) await pages.delete(kept)
  }
}

/** @param {string} pathname */
const threadOf = (pathname) => /^\/threads\/(\d+)/.exec(pathname)?.[1]

/** @param {Cache} pages @param {string} key @param {Response} answer */
async function store(pages, key, answer) {
  const markup = await answer.text()
  // Deleted first, so that the last read page is the last in the cache's order.
  await pages.delete(key)
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8', [KEPT_AT]: new Date().toISOString() })
  for (const name of GUARDS) headers.set(name, answer.headers.get(name) ?? '')
  await pages.put(key, new Response(markup, { headers }))
  const files = await caches.open(FILES)
  // Reads only the head: a post can contain any address, also one that does not exist.
  const [head = ''] = markup.split('</head>', 1)
  for (const [, path = ''] of head.matchAll(/ (?:href|src)="(\/assets\/[\w.-]+)"/g))
    if (!(await files.match(path))) await files.add(path)
  await trim(files, MOST_FILES)
}

async function keepOffline() {
  const answer = await fetch(OFFLINE)
  if (answer.ok) await store(await caches.open(PAGES), OFFLINE, answer)
}

/** Without the fragment. @param {URL} url */
const keyOf = ({ pathname, search }) => pathname + search

/** @param {string} address */
async function keptPage(address) {
  const pages = await caches.open(PAGES)
  const kept = await pages.match(keyOf(new URL(address)))
  if (kept) return asCopy(kept)
  return pages.match(OFFLINE)
}

/** Adds a line that says that it is a copy, and from when. @param {Response} kept */
async function asCopy(kept) {
  const markup = await kept.text()
  const at = kept.headers.get(KEPT_AT) ?? ''
  const [, language] = markup.match(/<html lang="([\w-]+)"/) ?? []
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(at))
  const moment = language === 'fr' ? words.replace(/^1 /, '1er ') : words
  const copy = markup
    .replace('<p class="copy" hidden>', '<p class="copy">')
    .replace('<time></time>', `<time datetime="${at}">${moment}</time>`)
    // The copy's number may be used already. Then the forum would take a new post for a resent one, and lose it.
    .replace(/(name="request_id" value=")[^"]*/g, (_whole, start) => start + crypto.randomUUID())
  return new Response(copy, { headers: kept.headers })
}

/** Styles and scripts, whose names change with their content. @param {Request} request */
async function fileFor(request) {
  return (await caches.match(request.url)) ?? fetch(request)
}

/** Deletes the oldest entries. @param {Cache} cache @param {number} most */
async function trim(cache, most) {
  const keys = await cache.keys()
  const old = keys.filter(({ url }) => new URL(url).pathname !== OFFLINE)
  for (const key of old.slice(0, Math.max(0, old.length - most))) await cache.delete(key)
}
