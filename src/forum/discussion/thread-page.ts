import { POSTS_PER_PAGE, pageOfNumber } from '../../paths.ts'
import { type Board, boardCatalogue, boardsOf } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { type Actor, type JudgedThread, mayModerate, mayReply, maySeeHeld, rightsOver } from '../members/permissions.ts'
import type { PageOfThread } from './kept-threads.ts'
import { type RemovedWords, removedWords, type ShownPost } from './shown-posts.ts'
import type { Thread } from './thread-queries.ts'

type Rights = ReturnType<typeof rightsOver>

/** A post with the reader's rights (null for a visitor), and its text if it was removed and they may still read it. */
export type ReadPost = ShownPost & { rights: Rights | null; removed: RemovedWords | null }

/** A page of a thread, for HTML, JSON and feeds. */
export interface ThreadPage {
  thread: Thread
  boards: Board[]
  /** The number of this page, of all pages, and of the last post on this page. */
  page: number
  pages: number
  upTo: number
  posts: ReadPost[]
  /** The excerpt of the page's first visible post. */
  description: string
  mayReply: boolean
  mayModerate: boolean
}

/** A page of a thread that a reader may see, with their rights. */
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

/** A hidden thread for those who wrote in it. */
export interface WithdrawnThread {
  /** The title is null for those who did not start the thread. */
  thread: { id: number; slug: string; title: string | null; language: string }
  removedAt: Date
  reason: string | null
  /** Whether no post is left in it; otherwise moderators removed it. */
  emptied: boolean
  /** Whether it was never published: its first post waits for approval, or was refused. */
  held: boolean
  /** The reader's own posts on this page. */
  posts: ReadPost[]
}

/** What happened to a hidden thread, and the reader's posts in it; null for a reader without any. */
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

/** In a thread that moderators removed, members can do nothing but read their own posts. */
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

/** False for a moved post, of which only the place is here. */
const mayAct = (reader: Actor | null, post: ShownPost): reader is Actor =>
  reader !== null && !('hasMoved' in post && post.hasMoved)

/** The posts that a reader may see, with their rights, and the text of removed ones that they may still read. */
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
