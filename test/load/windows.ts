import { WebSocket } from 'ws'
import { shareBelow } from './percentile.ts'

/**
 * Many windows that follow one thread, in a process of their own: `windows.ts ORIGIN THREAD AFTER COUNT`, started with
 * `fork`. Each comes back by itself, as `static/js/live.js` does, and passes the last number it has.
 */

/** What is asked of this process, and what it answers with. */
export type WindowsQuestion =
  | { ask: 'open' }
  /** Until every window has the posts up to a number. */
  | { ask: 'until'; number: number }
  /** How long posts took, by the moments at which they were sent, to each window; milliseconds. */
  | { ask: 'latencies'; sent: [number: number, at: number][] }
  | { ask: 'faults' }

export interface Latencies {
  p50: number
  p99: number
  most: number
}

/** Numbers that came twice or after a later one, and those that were left out. */
export interface Faults {
  wrong: number
  missing: number
}

const [origin = '', thread = '', after = '', count = ''] = process.argv.slice(2)
const first = Number(after) + 1
const windows = Number(count)

/** Connections come from many addresses: one has only so many ports. */
const WINDOWS_PER_ADDRESS = 5_000
const OPENING_AT_ONCE = 200
const RESTARTING = 1012
const now = () => performance.timeOrigin + performance.now()

const lastOf = new Int32Array(windows).fill(first - 1)
/** For each number, when each window had it. */
const arrivals = new Map<number, Float64Array>()
const faults: Faults = { wrong: 0, missing: 0 }
let waiting: { number: number; done: () => void } | null = null
let complete = 0

function connect(window: number, opened: () => void, failures = 0): void {
  const localAddress = `127.0.0.${2 + Math.floor(window / WINDOWS_PER_ADDRESS)}`
  const url = `${origin.replace('http', 'ws')}/live?thread=${thread}&after=${lastOf[window]}`
  const socket = new WebSocket(url, { perMessageDeflate: false, localAddress, handshakeTimeout: 30_000 })
  let failed = failures
  socket.on('open', () => {
    failed = 0
    opened()
  })
  socket.on('message', (data) => hear(window, String(data).slice(0, 80)))
  socket.on('error', () => {})
  socket.on('close', (code) => {
    const wait = code === RESTARTING ? 5_000 : Math.min(30_000, 1_000 * 2 ** failed)
    setTimeout(() => connect(window, opened, failed + 1), wait * (0.3 + 0.7 * Math.random()))
  })
}

function hear(window: number, beginning: string): void {
  const number = Number(/^\{"type":"post","thread":\d+,"number":(\d+),/.exec(beginning)?.[1] ?? 0)
  if (number === 0) return
  const last = lastOf[window] ?? 0
  if (number <= last) faults.wrong += 1
  if (number > last + 1) faults.missing += number - last - 1
  lastOf[window] = number
  const arrived = arrivals.get(number) ?? new Float64Array(windows)
  arrivals.set(number, arrived)
  arrived[window] = now()
  if (number === waiting?.number) {
    complete += 1
    if (complete === windows) waiting.done()
  }
}

async function open(): Promise<void> {
  let next = 0
  async function openSome(): Promise<void> {
    while (next < windows) {
      const window = next
      next += 1
      await new Promise<void>((opened) => connect(window, opened))
    }
  }
  await Promise.all(Array.from({ length: OPENING_AT_ONCE }, openSome))
}

async function until(number: number): Promise<void> {
  await new Promise<void>((done) => {
    waiting = { number, done }
    complete = lastOf.filter((last) => last >= number).length
    if (complete === windows) done()
  })
  waiting = null
}

function latencies(sent: [number, number][]): Latencies {
  const all = sent.flatMap(([number, at]) => [...(arrivals.get(number) ?? [])].map((arrived) => arrived - at))
  const sorted = Float64Array.from(all).sort()
  return { p50: shareBelow(sorted, 0.5), p99: shareBelow(sorted, 0.99), most: shareBelow(sorted, 1) }
}

process.on('message', async (question: WindowsQuestion) => {
  switch (question.ask) {
    case 'open':
      await open()
      return process.send?.(null)
    case 'until':
      await until(question.number)
      return process.send?.(null)
    case 'latencies':
      return process.send?.(latencies(question.sent))
    case 'faults':
      return process.send?.(faults)
  }
})
process.on('disconnect', () => process.exit())
