import { randomInt } from 'node:crypto'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '../database/database.ts'
import { mails } from './schema.ts'

/** Any number, the same in every process of a forum. */
const LOCKS = 7_203_146

const turns = new WeakMap<Database, Promise<unknown>>()

/**
 * The senders of one process act in turns: each holds a connection while it asks for others, and as many as the pool has
 * would wait for each other for ever.
 */
export function asSender<Result>(
  database: Database,
  act: (sender: number, lost: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const turn = (turns.get(database) ?? Promise.resolve()).then(() => holdingLock(database, act))
  turns.set(
    database,
    turn.catch(() => {}),
  )
  return turn
}

/**
 * Acts under a number by which all can see that this sender is alive: PostgreSQL holds a lock of it for one connection,
 * and lets go of it when the process dies, however it dies. `lost` is aborted when the connection breaks before.
 */
async function holdingLock<Result>(
  { $client }: Database,
  act: (sender: number, lost: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const connection = await $client.connect()
  const lost = new AbortController()
  const lose = () => lost.abort()
  connection.once('error', lose)
  const sender = randomInt(1, 2 ** 31)
  try {
    await connection.query('select pg_advisory_lock($1, $2)', [LOCKS, sender])
    const result = await act(sender, lost.signal)
    await connection.query('select pg_advisory_unlock($1, $2)', [LOCKS, sender])
    connection.off('error', lose)
    connection.release()
    return result
  } catch (error) {
    connection.release(true)
    throw error
  }
}

/** Frees what senders had in hand when they died. From them only: another may have taken a mail in hand meanwhile. */
export async function freeFromTheDead(database: Database): Promise<void> {
  const dead = database
    .select({ id: mails.id, sender: mails.sender })
    .from(mails)
    .where(
      and(
        isNotNull(mails.sender),
        sql`${mails.sender} not in (
          select objid::bigint from pg_locks where locktype = 'advisory' and classid = ${LOCKS} and granted
        )`,
      ),
    )
    .as('dead')
  await database
    .update(mails)
    .set({ sender: null })
    .from(dead)
    .where(and(eq(mails.id, dead.id), eq(mails.sender, dead.sender)))
}
