import { againstLimit } from '../against-limit.ts'
import { startForum } from '../forum-under-load.ts'
import { signIn } from '../members.ts'
import { ordinaryThreads } from '../pages.ts'
import type { Bench, Result, Row } from '../row.ts'

const MEMBERS = 40

/** A thread's page as members see it, each with their own name, actions and form. */
export const signedIn: Row = {
  name: 'signed-in',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    const cookies = await signIn(data, MEMBERS)
    const threads = await ordinaryThreads(data, cookies.length)
    const pages = threads.map((page, index) => ({
      ...page,
      headers: { ...page.headers, cookie: cookies[index] ?? '' },
      says: 'data-member="',
    }))
    await using forum = await startForum(bench, data, { profile: 'signed-in' })
    return [await againstLimit(bench, forum, { what: 'signed-in thread', target: 0.2, pages })]
  },
}
