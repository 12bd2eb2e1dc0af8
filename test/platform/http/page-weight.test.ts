import t from 'tap'
import { fetchPage } from '../../load/page.ts'
import { fillWithDemo } from '../../support/demo.ts'
import { startForum } from '../../support/forum.ts'
import { largestPages } from '../../support/largest-pages.ts'

const KILOBYTE = 1_024

/** A first view of a thread, with all that belongs to it; of it the style and the scripts, a member's too. */
const HEAVIEST_VIEW = 35 * KILOBYTE
const HEAVIEST_STYLE = 12 * KILOBYTE
const HEAVIEST_SCRIPTS = 12 * KILOBYTE
const MOST_REQUESTS = 6

t.test('pages stay light, compressed as browsers ask for them', async (t) => {
  const forum = await startForum(t)
  await fillWithDemo(forum, { posts: 2_000, threads: 100, members: 20 })
  const pages = await largestPages(forum.database.$client)
  const zoe = forum.passerBy()
  const loaded = new Map<string, number>()

  const weigh = async (path: string) => {
    const { status, bytes } = await fetchPage(forum.origin, { path, headers: { 'accept-encoding': 'br' } })
    t.equal(status, 200, path)
    return bytes
  }
  const thread = await zoe.get(pages['largest thread, first page'] ?? '')
  for (const element of thread.document.querySelectorAll(
    'link[rel=stylesheet], link[rel=icon], script[src], img[src]',
  )) {
    const address = new URL(element.getAttribute('href') ?? element.getAttribute('src') ?? '', forum.origin)
    t.equal(address.origin, forum.origin, 'nothing comes from elsewhere')
    loaded.set(address.pathname, await weigh(address.pathname))
  }
  const around = [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0)
  t.ok(loaded.size + 1 <= MOST_REQUESTS, `${loaded.size + 1} requests`)
  const weightOf = (ending: string) =>
    [...loaded].filter(([path]) => path.endsWith(ending)).reduce((sum, [, bytes]) => sum + bytes, 0)
  t.ok(weightOf('.css') <= HEAVIEST_STYLE, `style: ${weightOf('.css')} bytes`)
  t.ok(weightOf('.js') <= HEAVIEST_SCRIPTS, `scripts: ${weightOf('.js')} bytes`)

  const karim = await forum.member('Karim')
  const own = await karim.get(pages['largest thread, first page'] ?? '')
  const scripts = [...own.document.querySelectorAll('script[src]')].map((script) => script.getAttribute('src') ?? '')
  t.equal(scripts.filter((path) => !loaded.has(path)).length, 1, 'one more, to write')
  const fetched = await Promise.all(
    scripts.map((path) => fetchPage(forum.origin, { path, headers: { 'accept-encoding': 'br' } })),
  )
  const compressed = fetched.reduce((sum, { bodyBytes }) => sum + bodyBytes, 0)
  t.ok(compressed <= HEAVIEST_SCRIPTS, `all scripts of a member's thread: ${compressed} bytes`)

  for (const name of [
    'home',
    'city',
    'crossing',
    'largest thread, first page',
    'largest thread, last page',
    'member',
  ]) {
    const bytes = await weigh(pages[name] ?? '')
    t.ok(bytes + around <= HEAVIEST_VIEW, `${name}: ${bytes} bytes, and ${around} that go with all pages`)
  }
})
