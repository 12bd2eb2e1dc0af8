import { sql } from 'drizzle-orm'
import type { Test } from 'tap'
import { deepChecks } from '../../src/forum/administration/deep-checks.ts'
import { type Database, openDatabase } from '../../src/platform/database/database.ts'
import type { FaithfulWindow } from './live-window.ts'
import type { Person, Visit } from './person.ts'
import type { ServedForum } from './served.ts'
import { until } from './until.ts'

const PASSWORD = 'quatre mots sans rapport'

/** People who reply as fast as they can until the forum is gone. */
export class Crowd {
  readonly acknowledged: string[] = []
  private sent = 0

  /** @param note hears every answer; null: none came. */
  async reply(person: Person, isOver: () => boolean, note: (answer: Visit | null) => void = () => {}): Promise<void> {
    while (!isOver()) {
      this.sent += 1
      const body = `Message n° ${this.sent} de la foule`
      const answer = await person.post('/threads/1/replies', { body }).catch(() => null)
      note(answer)
      if (!/#post-\d+$/.test(answer?.location ?? '')) continue
      this.acknowledged.push(body)
    }
  }

  /** Resolves once so many are acknowledged; a database that was killed takes a while to come back. */
  async until(count: number): Promise<void> {
    await until(() => this.acknowledged.length >= count, 30_000)
  }
}

/** The first member, with a first thread. */
export async function begin(t: Test, forum: ServedForum): Promise<Person> {
  const zoe = forum.passerBy()
  t.equal((await zoe.post('/register', { username: 'Zoé', password: PASSWORD })).status, 303)
  const started = await zoe.post('/threads', { title: 'Une longue nuit', body: 'Bonsoir', boards: ['nice'] })
  // Without a thread the crowd would try for ever.
  if (started.status !== 303) throw new Error(`No thread: ${started.status} ${started.text('main')}`)
  return zoe
}

/** What `doctor --deep` says: all that must be so is so. */
export async function isWhole(t: Test, database: Database): Promise<void> {
  const findings = await deepChecks(database, false)
  t.same(
    findings.filter(({ kind }) => kind !== 'fine'),
    [],
    'doctor --deep finds nothing',
  )
}

/**
 * Every acknowledged reply is there, numbers have neither gap nor double, what is counted is right, and who reads along
 * ends with exactly the thread's posts.
 */
export async function nothingIsLost(
  t: Test,
  url: string,
  { acknowledged }: Pick<Crowd, 'acknowledged'>,
  reader: FaithfulWindow,
): Promise<void> {
  const database = await openDatabase(url, 1)
  const { rows } = await database.execute<{ number: number; body: string }>(
    sql`select number, body from posts where thread_id = 1 order by number`,
  )
  const counted = await database.execute(sql`select last_number, reply_count from threads where id = 1`)
  await isWhole(t, database)
  await database.$client.end()
  const bodies = new Set(rows.map(({ body }) => body))
  t.ok(acknowledged.length > 10, `${acknowledged.length} were acknowledged`)
  t.same(
    acknowledged.filter((body) => !bodies.has(body)),
    [],
  )
  t.same(
    rows.map(({ number }) => number),
    rows.map((_, index) => index + 1),
  )
  t.equal(bodies.size, rows.length)
  t.same(counted.rows, [{ last_number: rows.length, reply_count: rows.length - 1 }])
  await reader.until(rows.length)
  t.same(
    reader.numbers,
    rows.map(({ number }) => number),
  )
}
