import { eq } from 'drizzle-orm'
import { type PlacedPost, replyToThread } from '../../src/forum/discussion/reply-to-thread.ts'
import { startThread } from '../../src/forum/discussion/start-thread.ts'
import type { Forum } from '../../src/forum/forum.ts'
import { usernameKey } from '../../src/forum/members/username-key.ts'
import { members } from '../../src/schema/members.ts'

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
