import { memberPath, numberedPostsPath } from '../../paths.ts'
import { invalidField } from '../../platform/problem.ts'
import { isSeen } from '../../platform/text/markdown/is-seen.ts'
import type { MarkdownSource, Mention, TextOwner } from '../../platform/text/markdown/markdown.ts'
import type { Forum } from '../forum.ts'
import { membersNamed } from '../members/queries.ts'
import { usernameKey } from '../members/username-key.ts'

/** Members whom one post can mention. Further names stay plain text. */
export const MOST_MENTIONS = 50

export interface BodySource extends Pick<MarkdownSource, 'body' | 'language' | 'guess'> {
  /** The thread to which `#12` leads; null before the thread exists. */
  thread: { id: number; lastNumber: number } | null
}

export interface RenderedBody {
  html: string
  excerpt: string
  /** Ids of the mentioned members. */
  mentioned: number[]
  /** The code of its language. */
  language: string
}

/**
 * Renders a text as the post that it will be.
 * @param owner whose time budget it uses; null for the forum's own work.
 * @throws Problem 422 when the result is empty or takes too long; 429 when the owner's budget is used up.
 */
export async function renderBody(
  forum: Forum,
  source: BodySource,
  owner: TextOwner | null = null,
): Promise<RenderedBody> {
  if (!source.body.trim()) throw invalidField('body', 'errors.empty')
  const named = await membersIn(forum, source.body)
  const { thread, ...text } = source
  const { html, excerpt, mentioned, language } = await forum.markdown.render(
    { ...text, mentions: mentionsOf(named), numbers: numbersIn(thread) },
    owner,
  )
  if (!isSeen(excerpt)) throw invalidField('body', 'posts.nothing_to_see')
  const called = [...named.values()].filter(({ username }) => mentioned.includes(username))
  return { html, excerpt, mentioned: [...new Set(called.map(({ id }) => id))], language }
}

type Named = { id: number; username: string }

/** The mentioned members, by the spelling after the @. */
async function membersIn({ database }: Forum, body: string): Promise<Map<string, Named>> {
  const found = body.matchAll(/@([\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,40}[\p{L}\p{M}\p{N}])?)/gu)
  const typed = [...new Set([...found].map(([, name = '']) => name))].slice(0, MOST_MENTIONS)
  if (typed.length === 0) return new Map()
  const members = await membersNamed(database, typed.map(usernameKey))
  const byKey = new Map(members.map((member) => [member.usernameKey, member]))
  return new Map(
    typed.flatMap((name) => {
      const member = byKey.get(usernameKey(name))
      return member ? [[name, member]] : []
    }),
  )
}

const mentionsOf = (named: Map<string, Named>): Record<string, Mention> =>
  Object.fromEntries([...named].map(([typed, { username }]) => [typed, mentionOf(username)]))

/** The link for a mentioned member. */
export const mentionOf = (username: string): Mention => ({ name: username, path: memberPath(username) })

/** The links for numbers of posts. */
export const numbersIn = (thread: BodySource['thread']): MarkdownSource['numbers'] =>
  thread && { path: numberedPostsPath(thread), last: thread.lastNumber }
