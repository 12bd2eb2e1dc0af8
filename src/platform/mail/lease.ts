import { randomInt } from 'node:crypto'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { mails } from '../../schema/mails.ts'
import { Client } from '../database/client.ts'
import type { Database } from '../database/database.ts'

/** Any number, the same in every process of a forum. */
const LOCKS = 7_203_146

/** So often the connection is asked whether it still is one: the database may have let go of a silent one. */
const HEARTBEAT_MILLISECONDS = 10_000

/**
 * Acts under a number by which all can see that this sender is alive: PostgreSQL holds a lock of it for one connection,
 * and lets go of it when the process dies, however it dies. `lost` is aborted when the connection breaks before. The
 * connection is none of the pool's, which would have one less for the whole time in which mails are sent.
 */
export async function asSender<Result>(
  { $client }: Database,
  act: (sender: number, lost: AbortSignal) => Promise<Result>,
  heartbeat = HEARTBEAT_MILLISECONDS,
): Promise<Result> {
  const connection = new Client($client.options)
  const lost = new AbortController()
  connection.on('error', () => lost.abort())
  const sender = randomInt(1, 2 ** 31)
  let heartbeats: NodeJS.Timeout | undefined
  try {
    await connection.connect()
    await connection.query('select pg_advisory_lock($1, $2)', [LOCKS, sender])
    heartbeats = setInterval(() => connection.query('select 1').catch(() => {}), heartbeat)
    return await act(sender, lost.signal)
  } finally {
    clearInterval(heartbeats)
    await connection.end().catch(() => {})
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
