import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { openForum } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import { sendBatch } from '../../../src/forum/digests/send-due.ts'
import { freePort } from '../../support/free-port.ts'
import type { DemoData } from '../demo-data.ts'
import { makeDue, subscribeToDigests } from '../digest-subscribers.ts'
import { profiling } from '../forum-under-load.ts'
import { databaseProcessorTime, processorTime } from '../processor-time.ts'
import type { Bench, Result, Row } from '../row.ts'

const MAIN = `${import.meta.dirname}/../../../src/main.ts`
const SINK = `${import.meta.dirname}/../smtp-sink.ts`
const MEMBERS = 50_000
const MEMBERS_IN_SMALL = 2_000
const TARGET = 300

/** As an admin with so many members would set them: the mail server here takes whatever comes. */
const SENDING = { MAIL_RATE: '10000', MAIL_CONNECTIONS: '8' }

/** A batch is so many; Linux counts in ten milliseconds, so that the mean of some batches is taken. */
const OTHERS = 20
const BATCHES = 20
const MOST_OTHERS = 10

/** How much more memory ten times as many members may take. */
const FLAT = 1.2

/** Digests of many members with some subscriptions each: decided, composed and handed to a local SMTP server. */
export const digest: Row = {
  name: 'digest',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    const members = bench.small ? MEMBERS_IN_SMALL : MEMBERS
    const tenth = await sendTo(data, members / 10, [])
    bench.say(`${tenth.taken} mails in ${Math.round(tenth.seconds)} s; now ten times as many …`)
    const all = await sendTo(data, members, bench.profiled ? profiling('digest') : [])
    const perSecond = all.taken / all.seconds
    return [
      {
        what: `digests of ${members} members`,
        target: `≥ ${TARGET} mails/s`,
        figure: `${all.taken} mails, ${Math.round(perSecond)}/s; processor time of each: ${inEach(all)}`,
        ratio: null,
        passed: perSecond >= TARGET,
        details: all,
      },
      {
        what: `memory for ${members} digests, by that for ${members / 10}`,
        target: 'flat within 20 %',
        figure: `${megabytes(tenth.memory)} → ${megabytes(all.memory)} MB`,
        ratio: all.memory / tenth.memory,
        passed: all.memory <= FLAT * tenth.memory,
        details: { tenth, all },
      },
      await longAbsent(data),
    ]
  },
}

/** What a digest for somebody who was away for months costs in a batch of others, by what it costs each of those. */
async function longAbsent(data: DemoData): Promise<Result> {
  await using _subscribers = await subscribeToDigests(data, OTHERS + 1)
  await using endings = new AsyncDisposableStack()
  const forum = await openForum(readConfig({ DATA_DIR: data.folder }), data.url, pino({ level: 'error' }))
  endings.defer(forum.close)
  /** Processor time of the forum and PostgreSQL together. */
  async function batch(absent: number): Promise<number> {
    await makeDue(data, OTHERS, absent)
    const began = await databaseProcessorTime(data)
    const own = process.cpuUsage()
    await sendBatch(forum, 0)
    const { user, system } = process.cpuUsage(own)
    const milliseconds = (user + system) / 1_000 + (await databaseProcessorTime(data)) - began
    const [absentees] = await data.query<{ mails: number }>(
      `select count(*)::int as mails from mails join members on members.id = member_id where username = 'lettre-1'`,
    )
    if ((absentees?.mails ?? 0) < absent) throw new Error('Who was absent has no digest')
    return milliseconds
  }
  await batch(1)
  const times = { without: 0, with: 0 }
  for (let time = 0; time < BATCHES; time += 1) {
    times.without += (await batch(0)) / BATCHES
    times.with += (await batch(1)) / BATCHES
  }
  const ratio = (times.with - times.without) / (times.without / OTHERS)
  return {
    what: `one long-absent member among ${OTHERS} others`,
    target: `costs no more than ${MOST_OTHERS} others`,
    figure: `${times.without.toFixed(1)} → ${times.with.toFixed(1)} ms of processor time: as much as ${ratio.toFixed(1)} others`,
    ratio: null,
    passed: ratio <= MOST_OTHERS,
    details: times,
  }
}

/** «forum 2.00 ms, database 1.50 ms, …» */
const inEach = ({ processor, taken }: Awaited<ReturnType<typeof sendTo>>) =>
  Object.entries(processor)
    .map(([what, milliseconds]) => `${what} ${(milliseconds / taken).toFixed(2)} ms`)
    .join(', ')

const megabytes = (bytes: number) => Math.round(bytes / 1e6)

/** Has so many members sent their digests; each must have arrived. */
async function sendTo(data: DemoData, members: number, nodeOptions: readonly string[]) {
  await using _subscribers = await subscribeToDigests(data, members)
  const port = await freePort()
  const sink = spawn(process.execPath, [SINK], {
    env: { PATH: process.env.PATH, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: sink.stdout })[Symbol.asyncIterator]()
  await lines.next()

  const databaseBefore = await databaseProcessorTime(data)
  const began = performance.now()
  const command = spawn(process.execPath, [...nodeOptions, MAIN, 'digest', '--now'], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: data.url,
      DATA_DIR: data.folder,
      SMTP_URL: `smtp://127.0.0.1:${port}`,
      ...SENDING,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(command, 'exit')
  const { memory, processor: forum } = await watch(command)
  const [code] = await ended
  const seconds = (performance.now() - began) / 1_000
  const database = (await databaseProcessorTime(data)) - databaseBefore
  const server = await processorTime(Number(sink.pid))
  sink.kill('SIGTERM')
  const taken = Number((await lines.next()).value)
  const [queued] = await data.query<{ count: string }>(`select count(*) from mails where kind = 'digest'`)
  if (code !== 0 || taken === 0 || taken !== Number(queued?.count)) {
    throw new Error(`The command ended with ${code}; ${queued?.count} mails, ${taken} of them taken`)
  }
  return { taken, seconds, memory, processor: { forum, database, server } }
}

/** The most memory that a process has had when it ends, in bytes, and its processor time, in milliseconds. */
async function watch(command: ChildProcess): Promise<{ memory: number; processor: number }> {
  let [memory, processor] = [0, 0]
  while (command.exitCode === null && command.signalCode === null) {
    const status = await readFile(`/proc/${command.pid}/status`, 'utf8').catch(() => '')
    memory = Math.max(memory, 1_024 * Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0))
    processor = Math.max(processor, await processorTime(Number(command.pid)))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { memory, processor }
}
