import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { renderedReply } from './reply-body.ts'

const run = promisify(execFile)

export interface BareLoad {
  url: string
  threads: readonly number[]
  /** Each writes in one of the threads, as they do in the forum: so many watch each. */
  members: readonly number[]
  clients: number
  seconds: number
}

export interface BareReplies {
  name: string
  /** Replies committed in a second. */
  measure(load: BareLoad): Promise<number>
}

/** The limit of posting: the rows of a reply, inserted and committed with nothing else around them. */
export async function chooseBareReplies(): Promise<BareReplies> {
  const hasPgbench = await run('which', ['pgbench']).then(
    () => true,
    () => false,
  )
  return hasPgbench
    ? { name: 'pgbench', measure: withPgbench }
    : { name: 'bare pg clients, because there is no pgbench', measure: withClients }
}

/**
 * The rows that a reply writes, in one statement as the forum's; nothing is announced, and nobody asks before.
 * @param html SQL, as the others are.
 */
export const bareReply = (thread: string, author: string, html = text(renderedReply.html)): string => `
  with taken as (
    update threads
    set last_number = last_number + 1, reply_count = reply_count + 1, last_post_at = clock_timestamp(),
        last_author_id = ${author}, heat = heat + 0.001
    where id = ${thread} returning id, last_number, last_post_at
  ),
  listed as (
    update thread_boards set active_at = taken.last_post_at from taken where thread_boards.thread_id = taken.id
  ),
  crossed as (
    update crossing_threads set active_at = taken.last_post_at from taken where crossing_threads.thread_id = taken.id
  ),
  subscribed as (
    insert into thread_subscriptions (member_id, thread_id, level)
    select ${author}, id, 'watching' from taken on conflict do nothing
  ),
  told as (
    insert into notifications (member_id, kind, thread_id, number)
    select member_id, 'reply', taken.id, taken.last_number
    from taken cross join (
      select member_id from thread_subscriptions where thread_id = ${thread} and level = 'watching' and member_id <> ${author}
      except
      select member_id from notifications
      where thread_id = ${thread} and kind = 'reply' and read_at is null and mailed_at is null
    ) as untold
    on conflict do nothing
  )
  insert into posts (thread_id, number, author_id, body, body_html, html_version, excerpt, language, created_at)
  select id, last_number, ${author}, ${text(renderedReply.body)}, ${html}, 1,
    ${text(renderedReply.excerpt)}, 'fr', last_post_at from taken`

const text = (value: string): string => pg.escapeLiteral(value)
const oneOf = (ids: readonly number[], place: string): string => `(array[${ids.join(',')}]::bigint[])[${place}]`

/**
 * Planned once for each connection: the hundreds of ids in the statement would else be read again for every reply. And by
 * index, because who watches and who is told stands in tables that are empty when that is done.
 */
const planned = (url: string): string =>
  `${url}${url.includes('?') ? '&' : '?'}options=-c%20plan_cache_mode%3Dforce_generic_plan%20-c%20enable_seqscan%3Doff`

async function withPgbench({ url, threads, members, clients, seconds }: BareLoad): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'contrechamp-bench-'))
  try {
    const script = join(folder, 'reply.sql')
    // The demo's members have consecutive ids; where one is missing, PostgreSQL refuses its reply.
    const [first = 1] = members
    await writeFile(
      script,
      `\\set author random(${first}, ${first + members.length - 1})
\\set thread (:author - ${first}) % ${threads.length} + 1
${bareReply(oneOf(threads, ':thread'), ':author').replaceAll('\n', ' ')};
`,
    )
    const words = [
      planned(url),
      '-n',
      '-M',
      'prepared',
      '-f',
      script,
      '-c',
      String(clients),
      '-j',
      '1',
      '-T',
      String(seconds),
    ]
    const { stdout } = await run('pgbench', words)
    const perSecond = /tps = ([\d.]+)/.exec(stdout)?.[1]
    if (!/failed transactions: 0 /.test(stdout) || perSecond === undefined) throw new Error(`pgbench: ${stdout}`)
    return Number(perSecond)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function withClients({ url, threads, members, clients, seconds }: BareLoad): Promise<number> {
  const pool = new pg.Pool({ connectionString: planned(url), max: clients })
  const reply = { name: 'bare_reply', text: bareReply('$1', '$2::bigint') }
  const end = Date.now() + 1_000 * seconds
  let written = 0
  async function write(): Promise<void> {
    while (Date.now() < end) {
      const place = Math.floor(Math.random() * members.length)
      await pool.query({ ...reply, values: [threads[place % threads.length], members[place]] })
      written += 1
    }
  }
  try {
    await Promise.all(Array.from({ length: clients }, write))
    return written / seconds
  } finally {
    await pool.end()
  }
}
