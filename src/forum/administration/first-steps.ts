import { inArray } from 'drizzle-orm'
import { acts } from '../../schema/moderation.ts'
import type { Forum } from '../forum.ts'
import { forumSettings } from '../settings.ts'

/** What a new admin does first, and whether it is done. */
export interface FirstSteps {
  /** The forum has a name of its own. */
  name: boolean
  /** Somebody has looked after the boards. */
  boards: boolean
  /** Mail goes to a server. */
  mail: boolean
}

export async function firstSteps(forum: Forum): Promise<FirstSteps> {
  const { database, config } = forum
  const [{ name }, [changed]] = await Promise.all([
    forumSettings(forum),
    database
      .select({ id: acts.id })
      .from(acts)
      .where(inArray(acts.kind, ['board_create', 'board_change', 'board_archive', 'board_merge']))
      .limit(1),
  ])
  return { name: name !== '', boards: changed !== undefined, mail: config.smtpUrl !== null }
}
