import type { Forum } from '../../src/forum/forum.ts'
import { imposeSanction } from '../../src/forum/moderation/impose-sanction.ts'
import { liftSanctions } from '../../src/forum/moderation/lift-sanctions.ts'

/** Shuts somebody out, as from the command line. */
export const ban = (forum: Forum, username: string): Promise<void> =>
  imposeSanction(forum, { username, kind: 'ban', by: null, reason: null, days: null })

/** Lets them back. */
export const unban = (forum: Forum, username: string): Promise<void> =>
  liftSanctions(forum, { username, by: null, reason: null })
