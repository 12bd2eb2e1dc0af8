import { sql } from 'drizzle-orm'
import { statement } from '../../platform/database/statement.ts'
import type { HeldPost, Judge } from '../discussion/steps.ts'
import type { Forum } from '../forum.ts'
import { forumSettings } from '../settings.ts'
import type { Step } from '../step.ts'
import { openCase } from './open-case.ts'

const standingPosts = statement<{ count: number }>(sql`
    select count(*)::int as count from (
      select from posts where author_id = ${sql.placeholder('author')} and deleted_at is null
      limit ${sql.placeholder('most')}
    ) as standing`)

/** A member's first posts wait, as many as the forum wants to see, and a post with a word that it watches for. */
export const holdsPost: Judge = async (forum, { author, title, body }) => {
  if (author.role !== 'member') return []
  const { approve_first_posts: first, blocked_words: blocked } = await forumSettings(forum)
  const hasWord = blocked.length > 0 && hasOneOf(`${title ?? ''} ${body}`, blocked)
  const isFirst = first > 0 && (await standing(forum, author.id, first)) < first
  return [...(isFirst ? (['first_posts'] as const) : []), ...(hasWord ? (['blocked_word'] as const) : [])]
}

const standing = async ({ database }: Forum, author: number, most: number): Promise<number> =>
  (await standingPosts(database, { author, most }))[0]?.count ?? 0

/** Letters and figures alone, without accents, case and what is not seen, with one space between words and around all. */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}

/** Whether a text has one of some words, or of some phrases: whole, in whatever spelling. */
export function hasOneOf(text: string, blocked: readonly string[]): boolean {
  const words = wordsOf(text)
  const known = new Set(words)
  const line = ` ${words.join(' ')} `
  return blocked.some((entry) => {
    const wanted = wordsOf(entry)
    const [one] = wanted
    if (one === undefined) return false
    return wanted.length === 1 ? known.has(one) : line.includes(` ${wanted.join(' ')} `)
  })
}

/** What waits is a case for the moderators. */
export const caseOfHeld: Step<HeldPost> = async (transaction, { id, author, reasons, announce }) => {
  await openCase(transaction, announce, { kind: 'held', post: id, member: author, reasons })
}

/** The same for a post that everybody sees: it stays in sight, as a flagged one does. */
export const caseOfChecked: Step<HeldPost> = async (transaction, { id, author, reasons, announce }) => {
  await openCase(transaction, announce, { kind: 'flagged', post: id, member: author, reasons })
}
