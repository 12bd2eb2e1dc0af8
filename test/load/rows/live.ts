import { setTimeout } from 'node:timers/promises'
import { freePort } from '../../support/free-port.ts'
import type { DemoData } from '../demo-data.ts'
import { type ForumUnderLoad, startForum } from '../forum-under-load.ts'
import { keepThreads } from '../keep-threads.ts'
import { type ManyWindows, manyWindows } from '../many-windows.ts'
import { firstMembers, signIn } from '../members.ts'
import { ordinaryReply } from '../reply-body.ts'
import type { Bench, Result, Row } from '../row.ts'

const FULL = { windows: 10_000, singles: 20, floodSeconds: 30 }
const SMALL = { windows: 1_000, singles: 10, floodSeconds: 3 }
const REPLIES_PER_SECOND = 20
const MEMBERS = 40
const BUSY_MILLISECONDS = 500
const MOST_MILLISECONDS = 500
const MOST_BYTES = 12 * 1_024

type Sent = [number: number, at: number]

/** Many windows on one thread of one process: one reply at a time, then a flood of them, then a restart. */
export const live: Row = {
  name: 'live',
  async measure(bench: Bench): Promise<Result[]> {
    const { windows: count, singles, floodSeconds } = bench.small ? SMALL : FULL
    const data = await bench.data()
    const cookies = await signIn(data, await firstMembers(data, MEMBERS))
    await using kept = await keepThreads(data, 1)
    const thread = kept.ids[0] ?? 0
    const after = await lastNumber(data, thread)
    // All windows come from this machine: with limits, the hub would take those of a network or two.
    const options = { port: await freePort(), profile: 'live', settings: { RATE_LIMITS: 'off' } }
    await using endings = new AsyncDisposableStack()
    const forum = endings.use(await startForum(bench, data, options))
    const say = replier(thread, cookies)

    await say(forum)
    await setTimeout(bench.restMilliseconds)
    const before = await forum.memory()
    await using windows = manyWindows(forum.origin, thread, after + 1, count)
    await windows.open()
    await setTimeout(bench.restMilliseconds)
    const bytes = ((await forum.memory()) - before) / count

    const single: Sent[] = []
    for (let reply = 0; reply < singles; reply += 1) {
      single.push(await say(forum))
      await windows.until(single.at(-1)?.[0] ?? 0)
    }
    const alone = await windows.latencies(single)
    const flooded = await flood(forum, windows, say, floodSeconds)

    const restarted = performance.now()
    await forum.end()
    const again = endings.use(await startForum(bench, data, options))
    const [last] = await say(again)
    await windows.until(last)
    const backSeconds = (performance.now() - restarted) / 1_000
    const faults = await windows.faults()
    const wrong = faults.missing + faults.wrong
    const said = `${faults.missing} lost, ${faults.wrong} twice or late`

    return [
      {
        what: `live: a reply on ${count} screens`,
        target: 'p99 < 0.5 s',
        figure: `p50 ${Math.round(alone.p50)} ms, p99 ${Math.round(alone.p99)} ms, last ${Math.round(alone.most)} ms`,
        ratio: null,
        passed: alone.p99 < MOST_MILLISECONDS,
        details: { alone, replies: singles },
      },
      {
        what: `live: ${REPLIES_PER_SECOND} replies/s for ${floodSeconds} s, then a restart`,
        target: 'nothing lost',
        figure: `${said}; p99 ${Math.round(flooded.p99)} ms; all back ${backSeconds.toFixed(1)} s after the stop`,
        ratio: null,
        passed: wrong === 0,
        details: { flooded, faults, backSeconds },
      },
      {
        what: `live: memory of each of ${count} sockets`,
        target: '< 12 KB',
        figure: `${(bytes / 1_024).toFixed(1)} KB`,
        ratio: null,
        passed: bytes < MOST_BYTES,
        details: { bytes },
      },
    ]
  },
}

/** Replies at an even pace, whether those before have arrived or not. */
async function flood(
  forum: ForumUnderLoad,
  windows: ManyWindows,
  say: (forum: ForumUnderLoad) => Promise<Sent>,
  seconds: number,
) {
  const saying: Promise<Sent>[] = []
  const began = performance.now()
  for (let reply = 0; reply < REPLIES_PER_SECOND * seconds; reply += 1) {
    await setTimeout(Math.max(0, began + (1_000 * reply) / REPLIES_PER_SECOND - performance.now()))
    saying.push(say(forum))
  }
  const sent = await Promise.all(saying)
  await windows.until(Math.max(...sent.map(([number]) => number)))
  return windows.latencies(sent)
}

/** Sends replies, by one member after the other; answers their numbers and the moments before they were sent. */
function replier(thread: number, cookies: readonly string[]): (forum: ForumUnderLoad) => Promise<Sent> {
  let turn = 0
  return async ({ origin }) => {
    const cookie = cookies[turn % cookies.length] ?? ''
    turn += 1
    const at = performance.timeOrigin + performance.now()
    const send = () =>
      fetch(`${origin}/threads/${thread}/replies`, {
        method: 'POST',
        headers: { cookie, origin },
        body: new URLSearchParams({ body: ordinaryReply.body }),
        redirect: 'manual',
      })
    let answer = await send()
    // A forum that has just started, with everybody coming back at once, may say that it is busy.
    while (answer.status === 503) {
      await setTimeout(BUSY_MILLISECONDS)
      answer = await send()
    }
    const number = /#post-(\d+)$/.exec(answer.headers.get('location') ?? '')?.[1]
    if (answer.status !== 303 || number === undefined) throw new Error(`A reply was answered with ${answer.status}`)
    return [Number(number), at]
  }
}

async function lastNumber(data: DemoData, thread: number): Promise<number> {
  const [found] = await data.query<{ last: number }>('select last_number as last from threads where id = $1', [thread])
  return found?.last ?? 0
}
