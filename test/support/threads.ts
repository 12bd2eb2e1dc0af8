import { eq } from 'drizzle-orm'
import { members } from '../../src/features/accounts/schema.ts'
import { usernameKey } from '../../src/features/accounts/username.ts'
import { type PlacedPost, replyToThread } from '../../src/features/posts/reply-to-thread.ts'
import { startThread } from '../../src/features/threads/start-thread.ts'
import type { Forum } from '../../src/platform/forum.ts'

/** The id of a member who is there already. */
export async function idOf({ database }: Forum, username: string): Promise<number> {
  const [member] = await database
    .select({ id: members.id })
    .from(members)
    .where(eq(members.usernameKey, usernameKey(username)))
  if (!member) throw new Error(`Nobody is called ${username}`)
  return member.id
}

/** A thread of a member's, with as many replies of theirs as asked for. */
export async function threadBy(
  forum: Forum,
  username: string,
  { title = 'Relevé de caméras', body = 'Voici le relevé.', boards = ['marseille'], replies = 0 } = {},
): Promise<PlacedPost> {
  const author = { id: await idOf(forum, username), role: 'member' as const, language: 'fr' as const }
  const post = await startThread(forum, { author, title, body, boards })
  for (let number = 2; number <= replies + 1; number += 1) {
    await replyToThread(forum, { thread: post.thread.id, author, body: `Réponse ${number}` })
  }
  return post
}
