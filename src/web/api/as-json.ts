import type { Static } from 'typebox'
import type { Board as CatalogueBoard } from '../../forum/boards/catalogue.ts'
import type { TypedPost } from '../../forum/discussion/typed-posts.ts'
import type { ThreadLine } from '../../forum/following/thread-lines.ts'
import { boardPath, postPath, type ThreadAddress, threadPath } from '../../paths.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import type { Board, Post, Thread } from './shapes.ts'

/** Turns read models into the JSON that the API answers. */

const momentOf = (moment: Date | null): string | null => moment?.toISOString() ?? null

export const boardAsJson = (board: CatalogueBoard): Static<typeof Board> => {
  const { slug, kind, name, summary } = board
  return { slug, kind, name: wordedAsJson(name), summary: wordedAsJson(summary), url: boardPath(board) }
}

/** A text by language, with those languages only that have one. */
export const wordedAsJson = (text: Worded): Record<string, string> =>
  Object.fromEntries(
    Object.entries(text).flatMap(([language, words]): [string, string][] => (words ? [[language, words]] : [])),
  )

export function threadAsJson(thread: ThreadLine): Static<typeof Thread> {
  const { id, title, slug, language, author } = thread
  return {
    id,
    title,
    slug,
    url: threadPath(thread),
    language,
    boards: thread.boards.map((board) => board.slug),
    author,
    created_at: thread.createdAt.toISOString(),
    last_author: thread.lastAuthor,
    last_post_at: thread.lastPostAt.toISOString(),
    last_number: thread.lastNumber,
    reply_count: thread.replyCount,
    locked: thread.lockedAt !== null,
    unread: thread.unread?.[0] ?? 0,
    first_unread: thread.unread?.[1] ?? null,
  }
}

export function postAsJson(thread: ThreadAddress, post: TypedPost): Static<typeof Post> {
  const { id, number, body, version, rights, removed } = post
  const words =
    post.deletedAt === null
      ? {
          author: post.author,
          html: post.bodyHtml?.toString() ?? null,
          excerpt: post.excerpt,
          language: post.language,
          reply_to: post.replyTo,
          created_at: post.createdAt.toISOString(),
          edited_at: momentOf(post.editedAt),
          useful: post.usefulCount,
        }
      : NO_WORDS
  return {
    id,
    thread: thread.id,
    number,
    url: postPath(thread, number),
    body,
    version,
    ...words,
    deleted_at: momentOf(post.deletedAt),
    held: post.heldAt !== null,
    removed: removed && {
      html: removed.bodyHtml?.toString() ?? null,
      excerpt: removed.excerpt,
      reason: removed.reason,
    },
    may: rights && {
      reply: rights.reply,
      edit: rights.edit,
      delete: rights.delete,
      remove: rights.remove,
      restore: rights.restore,
      mark_useful: rights.useful,
    },
  }
}

/** A hidden post shows its place and nothing else. */
const NO_WORDS = {
  author: null,
  html: null,
  excerpt: null,
  language: null,
  reply_to: null,
  created_at: null,
  edited_at: null,
  useful: null,
}
