import { and, eq, lte } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { dataExportChunks, dataExports } from '../../schema/exports.ts'
import type { Forum } from '../forum.ts'
import { daysBefore, type Forget, RETENTION } from '../retention.ts'

/** The archive that a member has asked for last; null where they have asked for none, or it has expired. */
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
 * The bytes of an archive that is ready, some at a time.
 * @throws Error where another takes its place meanwhile: who has been told its length would wait for the rest for ever.
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

/** Archives that nobody needs any more. */
export const forgetExports: Forget<Forum> = async ({ database }, now) => {
  await database.delete(dataExports).where(lte(dataExports.askedAt, daysBefore(now, RETENTION.exportDays)))
}
