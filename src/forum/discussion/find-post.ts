import { notFound } from '../../platform/problem.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayFindPost } from '../members/permissions.ts'
import { type PostInThread, postById } from './post-in-thread.ts'

/** A post for a member who is about to act on it. @throws Problem 404 when it does not exist or they may not see it. */
export async function findPost({ database }: Forum, id: number, member: Actor): Promise<PostInThread> {
  const post = await postById(database, id)
  if (!post || !mayFindPost(member, post)) throw notFound('posts.not_found')
  return post
}
