import { and, desc, eq, inArray, isNotNull, or } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { bookmarks, usefulMarks } from '../../schema/marks.ts'
import { acts, caseNotes, cases, flags, sanctions } from '../../schema/moderation.ts'
import { accountNotifications, notifications } from '../../schema/notifications.ts'
import { posts } from '../../schema/posts.ts'
import { threadSubscriptions } from '../../schema/subscriptions.ts'
import { threads } from '../../schema/threads.ts'
import type { Catalogue } from '../boards/catalogue.ts'
import { subscribedPlaces } from '../following/subscription-queries.ts'
import { nameFor } from './own-writing.ts'

/** The highest number of rows in lists that are short for every member. */
const MOST = 10_000

/** All that a member follows, by names that another forum can match. */
export async function subscriptionsOf(database: Database, catalogue: Catalogue, memberId: number) {
  const { inBoards, inCrossings } = await subscribedPlaces(database, memberId)
  const slugOf = (id: number) => catalogue.withId(id)?.slug ?? ''
  const ofThreads = await database
    .select({ id: threads.id, title: nameFor(memberId).title, level: threadSubscriptions.level })
    .from(threadSubscriptions)
    .innerJoin(threads, eq(threads.id, threadSubscriptions.threadId))
    .where(eq(threadSubscriptions.memberId, memberId))
    .orderBy(desc(threads.id))
    .limit(MOST)
  return {
    boards: inBoards.map(({ boardId, level }) => ({ board: slugOf(boardId), level })),
    crossings: inCrossings.map(({ cityId, technologyId, level }) => ({
      city: slugOf(cityId),
      technology: slugOf(technologyId),
      level,
    })),
    threads: ofThreads,
  }
}

export type OwnSubscriptions = Awaited<ReturnType<typeof subscriptionsOf>>

export async function notificationsOf(database: Database, memberId: number) {
  const [ofThreads, ofAccount] = await Promise.all([
    database
      .select({
        kind: notifications.kind,
        thread: notifications.threadId,
        number: notifications.number,
        at: notifications.createdAt,
        read_at: notifications.readAt,
      })
      .from(notifications)
      .where(eq(notifications.memberId, memberId))
      .orderBy(desc(notifications.id))
      .limit(MOST),
    database
      .select({
        occasion: accountNotifications.occasion,
        reason: accountNotifications.reason,
        at: accountNotifications.createdAt,
        read_at: accountNotifications.readAt,
      })
      .from(accountNotifications)
      .where(eq(accountNotifications.memberId, memberId))
      .orderBy(desc(accountNotifications.id))
      .limit(MOST),
  ])
  return { threads: ofThreads, account: ofAccount }
}

/** A member's bookmarks with notes, and their useful marks. */
export async function marksOf(database: Database, memberId: number) {
  const place = { thread: posts.threadId, number: posts.number }
  const [aside, useful] = await Promise.all([
    database
      .select({ ...place, note: bookmarks.note, at: bookmarks.createdAt })
      .from(bookmarks)
      .innerJoin(posts, eq(posts.id, bookmarks.postId))
      .where(eq(bookmarks.memberId, memberId))
      .orderBy(desc(bookmarks.createdAt))
      .limit(MOST),
    database
      .select({ ...place, at: usefulMarks.createdAt })
      .from(usefulMarks)
      .innerJoin(posts, eq(posts.id, usefulMarks.postId))
      .where(eq(usefulMarks.memberId, memberId))
      .orderBy(desc(usefulMarks.createdAt))
      .limit(MOST),
  ])
  return { bookmarks: aside, useful }
}

/**
 * Moderators' decisions about a member, as the member was told them; what the member wrote to moderators and flagged;
 * and a moderator's own acts. What others said about the member is not included, because it is their data too.
 */
export async function moderationOf(database: Database, memberId: number) {
  const [imposed, decided, flagged, done, noted] = await Promise.all([
    database
      .select({
        kind: sanctions.kind,
        reason: sanctions.reason,
        at: sanctions.at,
        until: sanctions.until,
        lifted_at: sanctions.liftedAt,
      })
      .from(sanctions)
      .where(eq(sanctions.memberId, memberId))
      .orderBy(desc(sanctions.id)),
    database
      .select({
        kind: cases.kind,
        post: cases.postId,
        words: cases.words,
        opened_at: cases.openedAt,
        decision: cases.decision,
        statement: cases.statement,
        closed_at: cases.closedAt,
      })
      .from(cases)
      // Leaves out open cases: one about a post would reveal that somebody flagged it.
      .where(
        and(eq(cases.memberId, memberId), or(isNotNull(cases.closedAt), inArray(cases.kind, ['appeal', 'member']))),
      )
      .orderBy(desc(cases.id))
      .limit(MOST),
    database
      .select({ post: flags.postId, reason: flags.reason, note: flags.note, at: flags.createdAt })
      .from(flags)
      .where(eq(flags.memberId, memberId))
      .orderBy(desc(flags.id))
      .limit(MOST),
    database
      .select({ kind: acts.kind, thread: acts.threadId, post: acts.postId, reason: acts.reason, at: acts.at })
      .from(acts)
      .where(eq(acts.byId, memberId))
      .orderBy(desc(acts.id))
      .limit(MOST),
    database
      .select({ case: caseNotes.caseId, body: caseNotes.body, at: caseNotes.createdAt })
      .from(caseNotes)
      .where(eq(caseNotes.authorId, memberId))
      .orderBy(desc(caseNotes.id))
      .limit(MOST),
  ])
  return { sanctions: imposed, cases: decided, flags: flagged, acts: done, notes: noted }
}
