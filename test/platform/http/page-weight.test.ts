import t from 'tap'
import { fetchPage } from '../../load/page.ts'
import { fillWithDemo } from '../../support/demo.ts'
import { startForum } from '../../support/forum.ts'
import { largestPages } from '../../support/largest-pages.ts'

const KILOBYTE = 1_024

/** A first view of a thread may weigh 50 KB with all that belongs to it. */
const HEAVIEST_VIEW = 50 * KILOBYTE
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
