import { attackInThread } from '../../abuse/attack-thread.ts'
import { startForum } from '../forum-under-load.ts'
import { firstMembers, signIn } from '../members.ts'
import { ordinaryThreads } from '../pages.ts'
import { readUntil } from '../reader.ts'
import type { Bench, Result, Row } from '../row.ts'

/** Fifty thousand pages in all. */
const FULL = { seconds: 25, perSecond: 2_000 }
const SMALL = { seconds: 10, perSecond: 500 }
const QUIET_SECONDS = 5
const MOST_TIMES = 2

/** A member who reads while five thousand addresses ask for pages that nobody has asked for before. */
export const scrapers: Row = {
  name: 'scrapers',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    const [cookie = ''] = await signIn(data, await firstMembers(data, 1))
    const threads = await ordinaryThreads(data, 100)
    await using forum = await startForum(bench, data, { profile: 'scrapers' })
    const reader = { origin: forum.origin, cookie, paths: threads.map(({ path }) => path) }
    const inQuiet = () => {
      const end = performance.now() + 1_000 * QUIET_SECONDS
      return readUntil(reader, () => performance.now() > end)
    }
    await inQuiet()
    const before = await inQuiet()
    const { seconds, perSecond } = bench.small ? SMALL : FULL
    let isOver = false
    const target = { origin: forum.origin, seconds, perSecond, page: threads[0]?.path ?? '/', thread: 1 }
    const crowd = attackInThread('scrapers', target).finally(() => {
      isOver = true
    })
    const [during, outcome] = await Promise.all([readUntil(reader, () => isOver), crowd])
    const after = await inQuiet()
    const quiet = (before + after) / 2
    return [
      {
        what: `a member among ${seconds * perSecond} cold pages for 5000 addresses`,
        target: `p95 < ${MOST_TIMES} × its quiet value`,
        figure: `p95 ${during.toFixed(1)} ms, quiet ${quiet.toFixed(1)} ms; ${outcome[200] ?? 0} read, ${outcome[429] ?? 0} refused`,
        ratio: during / quiet,
        passed: during < MOST_TIMES * quiet,
        details: { before, during, after, outcome },
      },
    ]
  },
}
