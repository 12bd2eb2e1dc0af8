import { and, eq, lte } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { dataExportChunks, dataExports } from '../../schema/exports.ts'
import type { Forum } from '../forum.ts'
import { daysBefore, type Forget, RETENTION } from '../retention.ts'

/** The archive that a member last asked for; null without one, or when it has expired. */
export async function exportOf(database: Database, memberId: number) {
  const [found] = await database
    .select({
      state: dataExports.state,
      run: dataExports.run,
      size: dataExports.size,
      askedAt: dataExports.askedAt,
    })
    .from(dataExports)
    .where(eq(dataExports.memberId, memberId))
  if (!found || found.askedAt < daysBefore(new Date(), RETENTION.exportDays)) return null
  return found
}

/**
 * The bytes of a finished archive, in pieces.
 * @throws Error when a new archive replaces it meanwhile. The browser knows its length, and would wait for the rest for
 * ever.
 */
export async function* exportBytes(
  database: Database,
  memberId: number,
  { run, size }: { run: string; size: number },
): AsyncGenerator<Buffer> {
  let sent = 0
  for (let number = 0; sent < size; number += 1) {
    const { memberId: member, run: ofRun, number: place, bytes } = dataExportChunks
    const [chunk] = await database
      .select({ bytes })
      .from(dataExportChunks)
      .where(and(eq(member, memberId), eq(ofRun, run), eq(place, number)))
    if (!chunk) throw new Error('An archive was replaced while it was sent')
    yield chunk.bytes
    sent += chunk.bytes.length
  }
}

/** Deletes archives that have expired. */
export const forgetExports: Forget<Forum> = async ({ database }, now) => {
  await database.delete(dataExports).where(lte(dataExports.askedAt, daysBefore(now, RETENTION.exportDays)))
}
