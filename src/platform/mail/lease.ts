import { randomInt } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { Client } from '../database/client.ts'
import type { Database } from '../database/database.ts'

/** Any number, the same in every process of a forum. */
const LOCKS = 7_203_146

/** How often the connection is checked, in milliseconds: the database may have dropped a silent one. */
const HEARTBEAT_MILLISECONDS = 10_000

/**
 * Leases mails under a number: PostgreSQL holds a lock of it for one connection, and lets go of it when the process dies,
 * however it dies. `lost` is aborted when the connection breaks before. The connection is none of the pool's, which would
 * have one less for the whole time in which mails are sent.
 */
export async function withLease<Result>(
  { $client }: Database,
  act: (sender: number, lost: AbortSignal) => Promise<Result>,
  heartbeat = HEARTBEAT_MILLISECONDS,
): Promise<Result> {
  const connection = new Client($client.options)
  const lost = new AbortController()
  connection.on('error', () => lost.abort())
  const sender = randomInt(1, 2 ** 31)
  let heartbeats: NodeJS.Timeout | undefined
  let asked: Promise<unknown> | undefined
  /** One question at a time: they would pile up on a silent connection. */
  const ask = async () => {
    asked ??= connection
      .query('select 1')
      .catch(() => {})
      .finally(() => {
        asked = undefined
      })
    await asked
  }
  try {
    await connection.connect()
    await connection.query('select pg_advisory_lock($1, $2)', [LOCKS, sender])
    heartbeats = setInterval(ask, heartbeat)
    return await act(sender, lost.signal)
  } finally {
    clearInterval(heartbeats)
    await connection.end().catch(() => {})
  }
}

/** Frees the mails whose senders have died. Only from those senders: another may have leased a mail meanwhile. */
export async function freeExpired(database: Database): Promise<void> {
  await database.execute(sql`
    with expired as (
      select id, sender from mails
      where sender is not null and sender not in (
        select objid::bigint from pg_locks where locktype = 'advisory' and classid = ${LOCKS} and granted
      )
    )
    update mails set sender = null from expired where mails.id = expired.id and mails.sender = expired.sender`)
}
