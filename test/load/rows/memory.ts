import { setTimeout } from 'node:timers/promises'
import { wholeLoad } from '../compare.ts'
import { startForum } from '../forum-under-load.ts'
import { firstMembers, signIn } from '../members.ts'
import { busiestBoard, homePage, ordinaryThreads } from '../pages.ts'
import type { Bench, Result, Row } from '../row.ts'

const MEGABYTE = 1_024 * 1_024
const MOST_IDLE = 130
const MOST_AFTER = 260
const LOAD_SECONDS = 6
const IDLE_MILLISECONDS = 3_000

/** The forum's own process, without the database's: with nothing to do, and after readers of every kind. */
export const memory: Row = {
  name: 'memory',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    const [cookie = ''] = await signIn(data, await firstMembers(data, 1))
    const threads = await ordinaryThreads(data, 500)
    await using forum = await startForum(bench, data, { profile: 'memory', settings: { RATE_LIMITS: 'off' } })
    await setTimeout(IDLE_MILLISECONDS)
    const idle = (await forum.memory()) / MEGABYTE

    const load = { origin: forum.origin, seconds: bench.small ? 1 : LOAD_SECONDS, connections: 64 }
    const members = threads.map((page) => ({ ...page, headers: { ...page.headers, cookie } }))
    for (const [requests, unique] of [
      [threads, 'sort'],
      [members, 'sort'],
      [[homePage(), await busiestBoard(data)], 'page'],
    ] as const) {
      await wholeLoad(bench.generator, { ...load, requests })
      await wholeLoad(bench.generator, { ...load, requests, unique })
    }
    await setTimeout(bench.restMilliseconds)
    const after = (await forum.memory()) / MEGABYTE
    return [line('memory, idle', idle, MOST_IDLE), line('memory, after load', after, MOST_AFTER)]
  },
}

const line = (what: string, megabytes: number, most: number): Result => ({
  what,
  target: `≤ ${most} MB`,
  figure: `${Math.round(megabytes)} MB`,
  ratio: null,
  passed: megabytes <= most,
  details: { megabytes },
})
