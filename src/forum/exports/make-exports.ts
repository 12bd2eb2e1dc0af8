import { randomUUID } from 'node:crypto'
import { and, asc, eq, ne, sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { zipped } from '../../platform/files/zip.ts'
import { dataExportChunks, dataExports } from '../../schema/exports.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { archiveOf } from './archive.ts'

/** An archive that could not be made so often is given up: its member may ask again. */
const MOST_TRIES = 5
const CHUNK_BYTES = 256 * 1_024

/**
 * Makes the archives that are asked for, the oldest first. A run that is killed is begun anew by the next; where two run at
 * once, the one that began last counts, and nothing of the other is read.
 */
export async function makeExports(forum: Forum): Promise<void> {
  const { database, log } = forum
  for (;;) {
    const [asked] = await database
      .select({ memberId: dataExports.memberId, tries: dataExports.tries })
      .from(dataExports)
      .where(eq(dataExports.state, 'asked'))
      .orderBy(asc(dataExports.askedAt), asc(dataExports.memberId))
      .limit(1)
    if (!asked) return
    const { memberId, tries } = asked
    const own = eq(dataExports.memberId, memberId)
    if (tries >= MOST_TRIES) await database.update(dataExports).set({ state: 'failed' }).where(own)
    else {
      await makeExport(forum, memberId).catch((error: unknown) => log.error({ err: error }, 'an export was not made'))
    }
  }
}

async function makeExport(forum: Forum, memberId: number): Promise<void> {
  const { database } = forum
  const run = randomUUID()
  const isOurs = and(eq(dataExports.memberId, memberId), eq(dataExports.run, run))
  await database
    .update(dataExports)
    .set({ run, tries: sql`${dataExports.tries} + 1` })
    .where(eq(dataExports.memberId, memberId))
  await database
    .delete(dataExportChunks)
    .where(and(eq(dataExportChunks.memberId, memberId), ne(dataExportChunks.run, run)))
  let size = 0
  let number = 0
  for await (const bytes of chunks(zipped(await archiveOf(forum, memberId)))) {
    await database.insert(dataExportChunks).values({ memberId, run, number, bytes })
    size += bytes.length
    number += 1
  }
  await inTransaction(forum, async (transaction, announce) => {
    const ready = await transaction
      .update(dataExports)
      .set({ state: 'ready', size })
      .where(isOurs)
      .returning({ memberId: dataExports.memberId })
    if (ready.length === 0) return
    await runSteps(forum.steps.accountChanged, transaction, {
      memberId,
      occasion: 'export_ready',
      path: '/settings/data',
    })
    await announce(memberEvent('notified', memberId))
  })
}

/** The same bytes in pieces of one size, the last but for. */
async function* chunks(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let length = 0
  for await (const bytes of source) {
    waiting.push(bytes)
    length += bytes.length
    if (length < CHUNK_BYTES) continue
    yield Buffer.concat(waiting)
    waiting = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(waiting)
}
