import type { ThreadAddress } from '../../paths.ts'
import { notFound, Problem } from '../../platform/problem.ts'
import type { Difference } from '../../platform/text/markdown/differences.ts'
import { type ShownDifference, shorten } from '../../platform/text/markdown/shorten.ts'
import type { MemberName } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { type Actor, isWaiting, maySeeThread } from '../members/permissions.ts'
import type { PostWithWords } from './post-in-thread.ts'
import { firstVersion, versionsOf } from './post-queries.ts'
import { looking } from './text-owner.ts'

/** Few enough to read and compare at once, however long they are. */
const VERSIONS_PER_PAGE = 5

/** Which versions to read: one whole, or a page of those before one. */
export interface AskedVersions {
  version?: number | undefined
  before?: number | undefined
}

export interface PostHistory {
  id: number
  /** The title is null for a reader who may see only their own post of the thread. */
  thread: ThreadAddress & { title: string | null; language: string }
  /** Why the thread is hidden: moderators removed it, or no post is left. */
  withdrawn: 'removed' | 'emptied' | null
  /** When the post was hidden, by whom and why. */
  deleted: { at: Date; byAuthor: boolean; reason: string | null } | null
  number: number
  author: MemberName
  language: string
  /** The number of the first published version. Nobody may read earlier ones. */
  first: number
  isEdited: boolean
  /** Newest first. Each has its changes; the oldest is whole. */
  versions: {
    number: number
    writtenAt: Date
    /** False for a version without marks, when it changed too much or there was no time. */
    compared: boolean
    changes: ShownDifference[]
  }[]
  /** The number before which older versions begin; null for none. */
  older: number | null
  /** Whether this is one whole version. */
  whole: boolean
}

/**
 * A page of a post's versions, newest first, each with its changes. A worker thread compares them, in the reader's time
 * budget; when that is used up, versions have no marks.
 * @throws Problem 404 for an unknown version.
 */
export async function postHistory(
  forum: Forum,
  post: PostWithWords,
  reader: Actor | null,
  { version: whole, before = post.editCount + 1 }: AskedVersions,
): Promise<PostHistory> {
  const first = await firstVersion(forum.database, post)
  const newest = Math.min(whole ?? before - 1, post.editCount)
  if (newest < first || (whole !== undefined && whole > post.editCount)) throw notFound('posts.not_found')
  const oldest = whole ?? Math.max(first, newest - VERSIONS_PER_PAGE + 1)
  const texts = await textsOf(forum, post, oldest - 1, newest)
  const compared = await compare(
    forum,
    reader,
    texts.map(({ text }) => text),
  )
  const versions = texts
    .map(({ text, writtenAt, number }, index) => {
      const differences = number === first ? [{ kind: 'same' as const, text }] : (compared[index - 1] ?? null)
      const shown = differences ?? [{ kind: 'same' as const, text }]
      return {
        number,
        writtenAt,
        compared: differences !== null,
        changes: whole === undefined ? shorten(shown) : shown,
      }
    })
    .filter(({ number }) => number >= oldest)
    .reverse()
  const { id, number, author, language, editCount } = post
  const older = whole === undefined && oldest > first ? oldest : null
  const pages = { versions, older, whole: whole !== undefined }
  return { id, number, author, language, first, isEdited: editCount > first, ...becameOf(post, reader), ...pages }
}

/** What happened to a post and its thread, as far as the reader may know. */
function becameOf(post: PostWithWords, reader: Actor | null): Pick<PostHistory, 'thread' | 'withdrawn' | 'deleted'> {
  const { thread, number, authorId, deletedAt, deletedBy, deletedReason } = post
  const knowsTitle = maySeeThread(reader, thread) || number === 1
  return {
    thread: { ...thread, title: knowsTitle ? thread.title : null },
    withdrawn: thread.removedAt === null ? null : thread.emptied ? 'emptied' : 'removed',
    deleted: isWaiting(post)
      ? null
      : deletedAt && { at: deletedAt, byAuthor: deletedBy === authorId, reason: deletedReason },
  }
}

/** The versions from one number to another, oldest first. The last version of all is the post itself. */
async function textsOf({ database }: Forum, post: PostWithWords, from: number, to: number) {
  const former = await versionsOf(database, post.id, from, to)
  const texts = former.map(({ version, title, body, writtenAt }) => {
    return { number: version, text: withTitle(title, body), writtenAt }
  })
  if (to < post.editCount) return texts
  const now = withTitle(post.number === 1 ? post.thread.title : null, post.body)
  return [...texts, { number: post.editCount, text: now, writtenAt: post.editedAt ?? post.createdAt }]
}

/** Null when the comparison would take too long or no time is left. */
export async function compare(
  forum: Forum,
  reader: Actor | null,
  texts: readonly string[],
): Promise<(Difference[] | null)[]> {
  if (texts.length < 2) return []
  try {
    return await forum.markdown.compare(texts, looking(forum, reader?.id ?? null))
  } catch (error) {
    if (error instanceof Problem) return texts.slice(1).map(() => null)
    throw error
  }
}

const withTitle = (title: string | null, body: string): string => (title === null ? body : `${title}\n\n${body}`)
