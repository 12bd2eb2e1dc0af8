import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { freePort } from '../../support/free-port.ts'
import type { DemoData } from '../demo-data.ts'
import { profiling } from '../forum-under-load.ts'
import { databaseProcessorTime, processorTime } from '../processor-time.ts'
import type { Bench, Result, Row } from '../row.ts'

const MAIN = `${import.meta.dirname}/../../../src/main.ts`
const SINK = `${import.meta.dirname}/../smtp-sink.ts`
const MEMBERS = 100_000
const MEMBERS_IN_SMALL = 2_000
const SUBSCRIPTIONS = 5
const TARGET = 300
/** The demo's last week is told. */
const DAYS = 7

/** As an admin with so many members would set them: the mail server here takes whatever comes. */
const SENDING = { MAIL_RATE: '10000', MAIL_CONNECTIONS: '8' }

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
    ]
  },
}

/** «forum 2.00 ms, database 1.50 ms, …» */
const inEach = ({ processor, taken }: Awaited<ReturnType<typeof sendTo>>) =>
  Object.entries(processor)
    .map(([what, milliseconds]) => `${what} ${(milliseconds / taken).toFixed(2)} ms`)
    .join(', ')

const megabytes = (bytes: number) => Math.round(bytes / 1e6)

/** Has so many members sent their digests; each must have arrived. */
async function sendTo(data: DemoData, members: number, nodeOptions: readonly string[]) {
  await using _subscribers = await subscribe(data, members)
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

/** Members of their own with an address and some boards each; gone afterwards, for PostgreSQL's planning too. */
async function subscribe(data: DemoData, members: number): Promise<AsyncDisposable> {
  const remove = async () => {
    await data.query(`delete from members where username like 'lettre-%'`)
    await data.query('vacuum analyze')
  }
  await remove()
  await data.query(
    `with made as (
       insert into members (username, username_key, password_hash, created_at)
       select 'lettre-' || n, 'lettre-' || n, '', now() - interval '1 year' from generate_series(1, $1::int) as n
       returning id
     ),
     addressed as (
       insert into email_addresses (member_id, address, address_key)
       select id, id || '@exemple.fr', id || '@exemple.fr' from made
     ),
     rhythm as (
       insert into digest_settings (member_id, next_at, covered_until)
       select id, now(), (select max(last_post_at) from threads) - make_interval(days => $2) from made
     )
     insert into board_subscriptions (member_id, board_id, level)
     select made.id, board, 'following'
     from made
     cross join lateral (
       select id as board from boards order by hashint8(boards.id * 7919 + made.id) limit $3
     ) as chosen`,
    [members, DAYS, SUBSCRIPTIONS],
  )
  await data.query('analyze')
  return { [Symbol.asyncDispose]: remove }
}

/** The most memory that a process has had when it ends, in bytes, and its processor time, in milliseconds. */
async function watch(command: ChildProcess): Promise<{ memory: number; processor: number }> {
  let [memory, processor] = [0, 0]
  while (command.exitCode === null) {
    const status = await readFile(`/proc/${command.pid}/status`, 'utf8').catch(() => '')
    memory = Math.max(memory, 1_024 * Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0))
    processor = Math.max(processor, await processorTime(Number(command.pid)))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { memory, processor }
}
