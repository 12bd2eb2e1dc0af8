import type { Forum } from '../../platform/forum.ts'
import { notFound } from '../../platform/http/errors.ts'
import type { RequestMember } from '../../platform/http/pages.ts'
import { mayFindPost } from '../moderation/permissions.ts'
import { type PostInThread, postById } from './queries.ts'

/** A post that somebody is about to act on. @throws Problem 404 where it is not there, or not for them. */
export async function findPost({ database }: Forum, id: number, member: RequestMember): Promise<PostInThread> {
  const post = await postById(database, id)
  if (!post || !mayFindPost(member, post)) throw notFound('posts.not_found')
  return post
}
