import { and, eq } from 'drizzle-orm'
import { notFound } from '../../platform/problem.ts'
import { acts } from '../../schema/moderation.ts'
import type { Forum } from '../forum.ts'
import { mayHold } from '../settings.ts'
import { changeSettings } from './change-settings.ts'

/**
 * Sets the settings that an act has changed back to their values before. This is a change that can be undone too.
 * @throws Problem 404 for an unknown act; 409 when one of these settings has changed since.
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
