import { and, eq } from 'drizzle-orm'
import { notFound } from '../../platform/problem.ts'
import { acts } from '../../schema/moderation.ts'
import type { Forum } from '../forum.ts'
import { mayHold } from '../settings.ts'
import { changeSettings } from './change-settings.ts'

/**
 * Sets what an act has changed in the settings back to what it was before: a change like any other, which can be undone too.
 * @throws Problem 404 when there is no such act; 409 when one of these settings was changed again since.
 */
export async function undoSettings(forum: Forum, by: number, act: number): Promise<void> {
  const [found] = await forum.database
    .select({ before: acts.before, after: acts.after })
    .from(acts)
    .where(and(eq(acts.id, act), eq(acts.kind, 'settings')))
  if (!found) throw notFound()
  const before = Object.entries(Object(found.before)).filter(([name, value]) => mayHold(name, value))
  await changeSettings(forum, by, Object.fromEntries(before), Object(found.after))
}
