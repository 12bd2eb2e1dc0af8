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

/** Holds the first posts of a member, as many as the settings say, and posts with a blocked word. */
export const holdsPost: Judge = async (forum, { author, title, body }) => {
  if (author.role !== 'member') return []
  const { approve_first_posts: first, blocked_words: blocked } = await forumSettings(forum)
  const hasWord = blocked.length > 0 && hasOneOf(`${title ?? ''} ${body}`, blocked)
  const isFirst = first > 0 && (await standing(forum, author.id, first)) < first
  return [...(isFirst ? (['first_posts'] as const) : []), ...(hasWord ? (['blocked_word'] as const) : [])]
}

const standing = async ({ database }: Forum, author: number, most: number): Promise<number> =>
  (await standingPosts(database, { author, most }))[0]?.count ?? 0

/** The words of a text: letters and digits only, without accents and case. */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}

/** Whether a text contains one of some words or phrases as whole words, in any spelling. */
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

/** Opens a case for a held post. */
export const caseOfHeld: Step<HeldPost> = async (transaction, { id, author, reasons, announce }) => {
  await openCase(transaction, announce, { kind: 'held', post: id, member: author, reasons })
}

/** Opens a case for a visible post, which stays visible like a flagged one. */
export const caseOfChecked: Step<HeldPost> = async (transaction, { id, author, reasons, announce }) => {
  await openCase(transaction, announce, { kind: 'flagged', post: id, member: author, reasons })
}
