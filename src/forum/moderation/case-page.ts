import { desc, eq, sql } from 'drizzle-orm'
import type { ThreadAddress } from '../../paths.ts'
import type { Database } from '../../platform/database/database.ts'
import type { MessageKey } from '../../platform/text/i18n/translate.ts'
import type { FlagReason } from '../../schema/enums.ts'
import { type MemberName, members } from '../../schema/members.ts'
import { acts, caseNotes, cases, flags, notices, sanctions } from '../../schema/moderation.ts'
import { type PostWithWords, postWithWords } from '../discussion/post-in-thread.ts'
import { postsInRange, type RemovedWords, removedWords } from '../discussion/shown-posts.ts'
import { type ReadPost, readPosts } from '../discussion/thread-page.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayRestore, maySeeHeld } from '../members/permissions.ts'
import { type Case, findCase, mustNotConcern, whyNotTheirs } from './find-case.ts'

/** How many posts before and after the reported one are shown. */
const AROUND = 2
/** How many flags, notices, notes, acts, sanctions and former cases are shown, newest first. */
const MOST_SHOWN = 50

/** A case with all that a moderator needs to decide it. */
export interface CasePage extends Case {
  /** The sanction that an appeal contests; null: the case is no appeal, or an older version banned without a sanction. */
  against: Awaited<ReturnType<typeof contested>> | null
  /** Why somebody else decides it; null: the reader may. */
  notTheirs: MessageKey | null
  post: CasePost | null
  flags: { by: MemberName; reason: FlagReason; note: string; at: Date }[]
  notices: { url: string; reason: FlagReason; explanation: string; at: Date }[]
  notes: { by: MemberName; body: string; at: Date }[]
  log: Awaited<ReturnType<typeof logOf>>
  history: History
}

/** The post, in whatever state, with the posts around it. */
interface CasePost
  extends Pick<PostWithWords, 'id' | 'number' | 'author' | 'createdAt' | 'editCount' | 'deletedAt' | 'heldAt'> {
  thread: ThreadAddress & { title: string; language: string }
  words: RemovedWords
  before: ReadPost[]
  after: ReadPost[]
  /** Whether the reader may restore it. */
  mayRestore: boolean
}

/** The member's earlier sanctions and cases. */
interface History {
  sanctions: Awaited<ReturnType<typeof sanctionsOf>>
  cases: Awaited<ReturnType<typeof casesOf>>
}

/** @throws Problem 404 for an unknown case, 403 for one about the reader. */
export async function readCasePage(forum: Forum, id: number, reader: Actor): Promise<CasePage> {
  const { database } = forum
  const found = await findCase(database, id)
  mustNotConcern(reader, found)
  const { memberId, sanctionId } = found
  const [against, notTheirs, post, givenFlags, givenNotices, notes, log, imposed, formerCases] = await Promise.all([
    sanctionId === null ? null : contested(database, sanctionId),
    whyNotTheirs(database, reader, found),
    found.postId === null ? null : casePost(forum, found.postId, reader),
    flagsOf(database, id),
    noticesOf(database, id),
    notesOf(database, id),
    logOf(database, found),
    memberId === null ? [] : sanctionsOf(database, memberId),
    memberId === null ? [] : casesOf(database, memberId, id),
  ])
  const history = { sanctions: imposed, cases: formerCases }
  return { ...found, against, notTheirs, post, flags: givenFlags, notices: givenNotices, notes, log, history }
}

/** What a moderator reads of a sanction. */
const sentence = {
  kind: sanctions.kind,
  reason: sanctions.reason,
  at: sanctions.at,
  until: sanctions.until,
  liftedAt: sanctions.liftedAt,
}

async function contested(database: Database, sanction: number) {
  const [found] = await database
    .select({ ...sentence, by: members.username, byConsole: sql<boolean>`${sanctions.byId} is null` })
    .from(sanctions)
    .leftJoin(members, eq(members.id, sanctions.byId))
    .where(eq(sanctions.id, sanction))
  return found ?? null
}

/**
 * Moderators may still read a flagged post that its author has deleted. Only the author may read a held post that they
 * have withdrawn.
 */
async function casePost(forum: Forum, id: number, reader: Actor): Promise<CasePost | null> {
  const { database } = forum
  const post = await postWithWords(database, id)
  if (!post || !maySeeHeld(reader, post)) return null
  const { thread, number } = post
  const [[words], before, after] = await Promise.all([
    removedWords(database, [id]),
    postsInRange(database, thread.id, Math.max(0, number - 1 - AROUND), number - 1),
    postsInRange(database, thread.id, number, number + AROUND),
  ])
  if (!words) return null
  const around = await readPosts(forum, thread, [...before, ...after], reader)
  return {
    ...post,
    words,
    mayRestore: mayRestore(reader, post),
    before: around.filter((one) => one.number < number),
    after: around.filter((one) => one.number > number),
  }
}

const flagsOf = (database: Database, id: number) =>
  database
    .select({ by: members.username, reason: flags.reason, note: flags.note, at: flags.createdAt })
    .from(flags)
    .innerJoin(members, eq(members.id, flags.memberId))
    .where(eq(flags.caseId, id))
    .orderBy(desc(flags.id))
    .limit(MOST_SHOWN)

/** Without their senders, whom moderators need not know to decide. */
const noticesOf = (database: Database, id: number) =>
  database
    .select({ url: notices.url, reason: notices.reason, explanation: notices.explanation, at: notices.createdAt })
    .from(notices)
    .where(eq(notices.caseId, id))
    .orderBy(desc(notices.id))
    .limit(MOST_SHOWN)

const notesOf = (database: Database, id: number) =>
  database
    .select({ by: members.username, body: caseNotes.body, at: caseNotes.createdAt })
    .from(caseNotes)
    .innerJoin(members, eq(members.id, caseNotes.authorId))
    .where(eq(caseNotes.caseId, id))
    .orderBy(desc(caseNotes.id))
    .limit(MOST_SHOWN)

/** The log of the post; without a post, of the case. */
const logOf = (database: Database, { id, postId }: Case) =>
  database
    .select({ kind: acts.kind, by: members.username, reason: acts.reason, at: acts.at })
    .from(acts)
    .leftJoin(members, eq(members.id, acts.byId))
    .where(postId === null ? eq(acts.caseId, id) : eq(acts.postId, postId))
    .orderBy(desc(acts.id))
    .limit(MOST_SHOWN)

const sanctionsOf = (database: Database, member: number) =>
  database
    .select(sentence)
    .from(sanctions)
    .where(eq(sanctions.memberId, member))
    .orderBy(desc(sanctions.id))
    .limit(MOST_SHOWN)

const casesOf = (database: Database, member: number, except: number) =>
  database
    .select({ id: cases.id, kind: cases.kind, openedAt: cases.openedAt, decision: cases.decision })
    .from(cases)
    .where(sql`${cases.memberId} = ${member} and ${cases.id} <> ${except}`)
    .orderBy(desc(cases.id))
    .limit(MOST_SHOWN)
