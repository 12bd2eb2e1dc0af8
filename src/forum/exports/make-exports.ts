import { randomUUID } from 'node:crypto'
import { and, asc, eq, ne, notInArray, sql } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { inPieces } from '../../platform/files/in-pieces.ts'
import { zipped } from '../../platform/files/zip.ts'
import { dataExportChunks, dataExports } from '../../schema/exports.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { archiveOf } from './archive.ts'

/** After this many tries an archive is given up. Its member may ask again. */
const MOST_TRIES = 5
const CHUNK_BYTES = 256 * 1_024

/**
 * Makes the requested archives, oldest first. If a run is killed, the next starts its archive again. If two runs work at
 * once, the one that started an archive last makes it, and the other does not start it again. Otherwise they would take
 * it from each other until both give up.
 */
export async function makeExports(forum: Forum): Promise<void> {
  const { database, log } = forum
  const leftToOthers: number[] = []
  for (;;) {
    const [asked] = await database
      .select({ memberId: dataExports.memberId, tries: dataExports.tries })
      .from(dataExports)
      .where(and(eq(dataExports.state, 'asked'), notInArray(dataExports.memberId, leftToOthers)))
      .orderBy(asc(dataExports.askedAt), asc(dataExports.memberId))
      .limit(1)
    if (!asked) return
    const { memberId, tries } = asked
    if (tries >= MOST_TRIES) {
      await database.update(dataExports).set({ state: 'failed' }).where(isAskedBy(memberId))
      continue
    }
    try {
      if (!(await makeExport(forum, memberId))) leftToOthers.push(memberId)
    } catch (error) {
      log.error({ err: error }, 'an export was not made')
    }
  }
}

/** Leaves a finished archive alone, because its member may be downloading it. */
const isAskedBy = (memberId: number) => and(eq(dataExports.memberId, memberId), eq(dataExports.state, 'asked'))

/** Answers whether this run, and no other, made it. */
async function makeExport(forum: Forum, memberId: number): Promise<boolean> {
  const { database } = forum
  const run = randomUUID()
  const isOurs = and(eq(dataExports.memberId, memberId), eq(dataExports.run, run))
  const begun = await database
    .update(dataExports)
    .set({ run, tries: sql`${dataExports.tries} + 1` })
    .where(isAskedBy(memberId))
    .returning({ memberId: dataExports.memberId })
  if (begun.length === 0) return false
  await database
    .delete(dataExportChunks)
    .where(and(eq(dataExportChunks.memberId, memberId), ne(dataExportChunks.run, run)))
  let size = 0
  let number = 0
  for await (const bytes of inPieces(zipped(await archiveOf(forum, memberId)), CHUNK_BYTES)) {
    await database.insert(dataExportChunks).values({ memberId, run, number, bytes })
    size += bytes.length
    number += 1
  }
  return inTransaction(forum, async (transaction, announce) => {
    const ready = await transaction
      .update(dataExports)
      .set({ state: 'ready', size })
      .where(isOurs)
      .returning({ memberId: dataExports.memberId })
    if (ready.length === 0) return false
    await runSteps(forum.steps.accountChanged, transaction, {
      memberId,
      occasion: 'export_ready',
      path: '/settings/data',
    })
    await announce(memberEvent('notified', memberId))
    return true
  })
}
