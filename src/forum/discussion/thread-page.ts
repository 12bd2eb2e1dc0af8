import { POSTS_PER_PAGE, pageOfNumber } from '../../paths.ts'
import { type Board, boardCatalogue, boardsOf } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { type Actor, type JudgedThread, mayModerate, mayReply, maySeeHeld, rightsOver } from '../members/permissions.ts'
import type { PageOfThread } from './kept-threads.ts'
import { type RemovedWords, removedWords, type ShownPost } from './shown-posts.ts'
import type { Thread } from './thread-queries.ts'

type Rights = ReturnType<typeof rightsOver>

/** A post with what a reader may do with it, null for somebody without an account; and what it said before it was removed. */
export type ReadPost = ShownPost & { rights: Rights | null; removed: RemovedWords | null }

/** A page of a thread, for HTML, JSON and feeds alike. */
export interface ThreadPage {
  thread: Thread
  boards: Board[]
  /** Which page of how many, and the number of the last post on it. */
  page: number
  pages: number
  upTo: number
  posts: ReadPost[]
  /** How the page begins: the excerpt of its first post that can be read. */
  description: string
  mayReply: boolean
  mayModerate: boolean
}

/** A page of a thread that a reader may see, with what they may do there. */
export async function readThreadPage(
  forum: Forum,
  { thread, posts }: PageOfThread,
  page: number,
  reader: Actor | null,
): Promise<ThreadPage> {
  const [catalogue, read] = await Promise.all([boardCatalogue(forum), readPosts(forum, thread, posts, reader)])
  return {
    thread,
    boards: boardsOf(catalogue, thread),
    page,
    pages: pageOfNumber(thread.lastNumber),
    upTo: Math.min(POSTS_PER_PAGE * page, thread.lastNumber),
    posts: read,
    description: posts.find((post) => post.deletedAt === null)?.excerpt ?? '',
    mayReply: mayReply(reader, thread),
    mayModerate: mayModerate(reader),
  }
}

/** What a thread that is out of sight still is to those who wrote in it. */
export interface WithdrawnThread {
  /** Its title is null for those who have not started it. */
  thread: { id: number; slug: string; title: string | null; language: string }
  removedAt: Date
  reason: string | null
  /** Nothing stands in it any more; else moderators have removed it. */
  emptied: boolean
  /** It was never published: its first post waits for approval, or was refused. */
  held: boolean
  /** What the reader has written on this page of it. */
  posts: ReadPost[]
}

/** What became of a thread that a reader may not see, and their own words in it; null for those who wrote nothing there. */
export async function readWithdrawnThread(
  forum: Forum,
  { thread, posts }: PageOfThread,
  reader: Actor | null,
): Promise<WithdrawnThread | null> {
  const own = posts.filter(({ authorId }) => authorId === reader?.id)
  if (!thread.removedAt || !reader || own.length === 0) return null
  const read = await readPosts(forum, thread, own, reader)
  const isTheirs = thread.authorId === reader.id
  return {
    thread: { ...thread, title: isTheirs ? thread.title : null },
    removedAt: thread.removedAt,
    reason: isTheirs ? thread.removedReason : null,
    emptied: thread.emptied,
    held: own.some(({ number, heldAt }) => number === 1 && heldAt !== null),
    posts: read.map((post) => ({ ...post, rights: post.rights && inWithdrawn(thread, post.rights) })),
  }
}

/** In a thread that moderators removed, nobody else does anything; what they wrote stays theirs to read. */
function inWithdrawn(thread: Thread, rights: Rights): Rights {
  if (thread.emptied) return rights
  const none = {
    reply: false,
    edit: false,
    delete: false,
    remove: false,
    restore: false,
    erase: false,
    flag: false,
    useful: false,
    bookmark: false,
    move: false,
  }
  return { ...none, read: rights.read }
}

/** Of a post that was moved away, only its place is here. */
const mayAct = (reader: Actor | null, post: ShownPost): reader is Actor =>
  reader !== null && !('hasMoved' in post && post.hasMoved)

/** Those posts that are there for a reader, with their rights, and with the removed words that they may still read. */
export async function readPosts(
  { database }: Forum,
  thread: JudgedThread,
  posts: readonly ShownPost[],
  reader: Actor | null,
): Promise<ReadPost[]> {
  const judged = posts
    .filter((post) => maySeeHeld(reader, post))
    .map((post) => ({ post, rights: mayAct(reader, post) ? rightsOver(reader, post, thread) : null }))
  const ids = judged.filter(({ rights }) => rights?.read).map(({ post }) => post.id)
  const words = ids.length > 0 ? await removedWords(database, ids) : []
  const wordsOf = new Map(words.map((one) => [one.id, one]))
  return judged.map(({ post, rights }) => ({ ...post, rights, removed: wordsOf.get(post.id) ?? null }))
}
