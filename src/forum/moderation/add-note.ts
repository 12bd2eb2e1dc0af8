import { invalidField } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { isSeen } from '../../platform/text/markdown/is-seen.ts'
import { caseNotes } from '../../schema/moderation.ts'
import type { Forum } from '../forum.ts'
import type { Actor } from '../members/permissions.ts'
import { findCase, mustNotConcern } from './find-case.ts'

const NOTES = { action: 'case-note', most: 60, seconds: 600 }

/** Adds a note for other moderators to a case, open or decided. @throws Problem 403, 404, 422 for an empty note, 429 */
export async function addNote(forum: Forum, id: number, author: Actor, body: string): Promise<void> {
  await takeAttempt(forum, NOTES, String(author.id))
  mustNotConcern(author, await findCase(forum.database, id))
  const text = body.trim()
  if (!isSeen(text)) throw invalidField('body', 'errors.empty')
  await forum.database.insert(caseNotes).values({ caseId: id, authorId: author.id, body: text })
}
