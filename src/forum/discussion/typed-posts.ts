import type { ThreadAddress } from '../../paths.ts'
import { notFound } from '../../platform/problem.ts'
import type { Forum } from '../forum.ts'
import { type Actor, type JudgedThread, mayFindPost } from '../members/permissions.ts'
import { postById } from './post-in-thread.ts'
import { postsInRange, type ShownPost, typedWords, wholePost } from './shown-posts.ts'
import { type ReadPost, readPosts } from './thread-page.ts'

/** A post with its Markdown; null when it is hidden, or too long for the list. */
export type TypedPost = ReadPost & { body: string | null; version: number | null }

/** What the functions here need of a thread. */
type PlaceOfPosts = ThreadAddress & JudgedThread

/** The posts of a thread after a number that a reader may see, with their Markdown, for programs. */
export async function readTypedPosts(
  forum: Forum,
  thread: PlaceOfPosts,
  { after, most }: { after: number; most: number },
  reader: Actor | null,
): Promise<TypedPost[]> {
  return typed(forum, thread, await postsInRange(forum.database, thread.id, after, after + most), reader)
}

/** One post, however long, with its thread. @throws Problem 404 when it does not exist or this reader may not see it. */
export async function readTypedPost(
  forum: Forum,
  id: number,
  reader: Actor | null,
): Promise<{ thread: PlaceOfPosts & { title: string }; post: TypedPost }> {
  const place = await postById(forum.database, id)
  if (!place || !mayFindPost(reader, place)) throw notFound('posts.not_found')
  const shown = await wholePost(forum.database, place.thread.id, place.number)
  const [post] = shown ? await typed(forum, place.thread, [shown], reader) : []
  if (!post) throw notFound('posts.not_found')
  return { thread: place.thread, post }
}

async function typed(
  forum: Forum,
  thread: JudgedThread,
  posts: readonly ShownPost[],
  reader: Actor | null,
): Promise<TypedPost[]> {
  const whole = posts.filter((post) => post.deletedAt === null && post.bodyHtml !== null).map(({ id }) => id)
  const [read, words] = await Promise.all([
    readPosts(forum, thread, posts, reader),
    whole.length > 0 ? typedWords(forum.database, whole) : [],
  ])
  const wordsOf = new Map(words.map((one) => [one.id, one]))
  return read.map((post) => {
    const { body = null, version = null } = wordsOf.get(post.id) ?? {}
    return { ...post, body, version }
  })
}
