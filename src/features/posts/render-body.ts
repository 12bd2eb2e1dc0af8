import type { Forum } from '../../platform/forum.ts'
import { invalidField } from '../../platform/http/errors.ts'
import type { MarkdownSource, RenderedMarkdown } from '../../platform/markdown/markdown.ts'
import { membersNamed } from '../accounts/queries.ts'
import { usernameKey } from '../accounts/username.ts'

/** Mentions beyond these stay plain text: nobody means to call so many. */
const MOST_MENTIONS = 50

export type BodySource = Omit<MarkdownSource, 'mentions'>

/**
 * Renders what somebody wrote as the post that it will be.
 * @throws Problem 422 when nothing of it would be seen, or it takes too long.
 */
export async function renderBody(forum: Forum, source: BodySource): Promise<RenderedMarkdown> {
  if (!source.body.trim()) throw invalidField('body', 'errors.empty')
  const rendered = await forum.markdown.render({ ...source, mentions: await mentionsIn(forum, source.body) })
  if (!rendered.excerpt) throw invalidField('body', 'posts.nothing_to_see')
  return rendered
}

async function mentionsIn({ database }: Forum, body: string): Promise<Record<string, string>> {
  const found = body.matchAll(/@([\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]{0,40}[\p{L}\p{M}\p{N}])?)/gu)
  const typed = [...new Set([...found].map(([, name = '']) => name))].slice(0, MOST_MENTIONS)
  if (typed.length === 0) return {}
  const named = await membersNamed(database, typed.map(usernameKey))
  const nameOf = new Map(named.map(({ usernameKey: key, username }) => [key, username]))
  return Object.fromEntries(
    typed.flatMap((name) => {
      const username = nameOf.get(usernameKey(name))
      return username ? [[name, username]] : []
    }),
  )
}
