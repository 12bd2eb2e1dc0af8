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

/** So many can be read and compared at once, however long they are. */
const VERSIONS_PER_PAGE = 5

/** Which versions are asked for: one whole, or a page of those before one. */
export interface AskedVersions {
  version?: number | undefined
  before?: number | undefined
}

export interface PostHistory {
  id: number
  /** Without its title for those to whom only their own post is left of it. */
  thread: ThreadAddress & { title: string | null; language: string }
  /** Its thread is out of sight, by moderators or because nothing stands in it. */
  withdrawn: 'removed' | 'emptied' | null
  /** When the post was taken out of sight, by its author or by moderators, and why. */
  deleted: { at: Date; byAuthor: boolean; reason: string | null } | null
  number: number
  author: MemberName
  language: string
  /** The number of the version that was published: what it was before, nobody reads. */
  first: number
  isEdited: boolean
  /** The newest first; each with what it changed in the one before it, and the oldest whole. */
  versions: {
    number: number
    writtenAt: Date
    /** False where too much changed, or there was no time: the version has no marks then. */
    compared: boolean
    changes: ShownDifference[]
  }[]
  /** The number that older ones are before; null where there are none. */
  older: number | null
  /** Whether this is one version, with all that it says. */
  whole: boolean
}

/**
 * A page of a post's versions, the newest first, each as what it changed in the one before it. Compared in a worker
 * thread and on the reader's time; when that is used up, the versions are shown without marks.
 * @throws Problem 404 for a version that there is not.
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

/** What became of a post and its thread, as far as a reader may know. */
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

/** The versions of a post from one number to another, the oldest first; the last of all is the post itself. */
async function textsOf({ database }: Forum, post: PostWithWords, from: number, to: number) {
  const former = await versionsOf(database, post.id, from, to)
  const texts = former.map(({ version, title, body, writtenAt }) => {
    return { number: version, text: withTitle(title, body), writtenAt }
  })
  if (to < post.editCount) return texts
  const now = withTitle(post.number === 1 ? post.thread.title : null, post.body)
  return [...texts, { number: post.editCount, text: now, writtenAt: post.editedAt ?? post.createdAt }]
}

/** Null for what was not compared, because it would take too long or there is no time left. */
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
