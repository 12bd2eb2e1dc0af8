import { and, asc, desc, eq, gt, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { digestSettings } from '../../schema/digests.ts'
import { emailTokens } from '../../schema/email-addresses.ts'
import { bookmarks, usefulMarks } from '../../schema/marks.ts'
import { members, sessions } from '../../schema/members.ts'
import { acts, caseNotes, cases, flags, sanctions } from '../../schema/moderation.ts'
import { accountNotifications, notifications } from '../../schema/notifications.ts'
import { posts, postVersions } from '../../schema/posts.ts'
import { mutes, threadSubscriptions } from '../../schema/subscriptions.ts'
import { threads } from '../../schema/threads.ts'
import type { Catalogue } from '../boards/catalogue.ts'
import { digestsOf } from '../digests/settings.ts'
import { subscribedPlaces } from '../following/subscription-queries.ts'
import { emailOfMember } from '../members/email-addresses.ts'
import { passkeysOf } from '../members/passkeys/queries.ts'
import { secondFactorOf } from '../members/second-factor/queries.ts'
import { followedSearches } from '../search/saved-searches.ts'

const AT_ONCE = 100
/** Nothing that a member has few of is longer. */
const MOST = 10_000

/** How a thread is called, and its address: of one that was removed they are its author's alone. */
function nameFor(memberId: number) {
  const isShown = sql`${threads.removedAt} is null or ${threads.authorId} = ${memberId}`
  return {
    slug: sql<string>`case when ${isShown} then ${threads.slug} else '-' end`,
    title: sql<string>`case when ${isShown} then ${threads.title} else '…' end`,
  }
}

/** What a member has told of themself and chosen. */
export async function profileOf(database: Database, memberId: number) {
  const [member] = await database.select().from(members).where(eq(members.id, memberId))
  if (!member) throw new Error('An archive of nobody')
  const [email, links, digests, [visits], factor, keys, searches, muted] = await Promise.all([
    emailOfMember(database, memberId),
    database
      .select({ purpose: emailTokens.purpose, address: emailTokens.address, ends_at: emailTokens.expiresAt })
      .from(emailTokens)
      .where(eq(emailTokens.memberId, memberId)),
    digestsOf(database, memberId),
    database
      .select({ covered_until: digestSettings.coveredUntil, last_visit_on: digestSettings.seenOn })
      .from(digestSettings)
      .where(eq(digestSettings.memberId, memberId)),
    secondFactorOf(database, memberId),
    passkeysOf(database, memberId),
    followedSearches(database, memberId),
    database
      .select({ name: members.username })
      .from(mutes)
      .innerJoin(members, eq(members.id, mutes.mutedId))
      .where(and(eq(mutes.memberId, memberId), isNotNull(members.username))),
  ])
  return {
    username: member.username,
    role: member.role,
    joined_at: member.createdAt,
    biography: member.biography,
    listed: member.listed,
    language: member.language,
    theme: member.theme,
    time_zone: member.timeZone,
    unread_since: member.unreadSince,
    subscribes_to_started: member.startedLevel,
    subscribes_to_replied: member.repliedLevel,
    password_changed_at: member.passwordChangedAt,
    waiting_since: member.waitingSince,
    email: email?.address ?? null,
    email_paused_at: email?.pausedAt ?? null,
    email_links: links,
    digest: { ...digests, ...visits },
    searches,
    ignored: muted.map(({ name }) => name),
    second_factor_since: factor?.switchedOnAt ?? null,
    recovery_codes_left: factor?.codesLeft ?? 0,
    passkeys: keys.map(({ name, createdAt, lastUsedOn }) => ({ name, added_at: createdAt, last_used_on: lastUsedOn })),
  }
}

export type OwnProfile = Awaited<ReturnType<typeof profileOf>>

/** What a member follows, in names that other forums understand too. */
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

/** What a member has put aside with their notes, and what they have found useful. */
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

/** Sessions, without what opens them. */
export const ownSessions = (database: Database, memberId: number) =>
  database
    .select({
      device: sessions.device,
      began_at: sessions.createdAt,
      last_seen_on: sessions.seenOn,
      ends_at: sessions.expiresAt,
    })
    .from(sessions)
    .where(eq(sessions.memberId, memberId))
    .orderBy(desc(sessions.createdAt))

/**
 * What moderators have decided about a member, as far as they were told; what they have written to them and flagged; and, of
 * a moderator, what they have done. What others have said of the member belongs to those others too, and is not in it.
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
      // An open case about a post would say that somebody has flagged it, before anybody has looked.
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

/** All that a member has written, in the order in which it was, with what it said before each edit; some at a time. */
export async function* writtenBy(database: Database, memberId: number) {
  for (let after = 0; ; ) {
    const rows = await database
      .select({
        id: posts.id,
        number: posts.number,
        body: posts.body,
        language: posts.language,
        reply_to: posts.replyTo,
        created_at: posts.createdAt,
        edited_at: posts.editedAt,
        deleted_at: posts.deletedAt,
        deleted_reason: posts.deletedReason,
        thread: { id: threads.id, ...nameFor(memberId) },
      })
      .from(posts)
      .innerJoin(threads, eq(threads.id, posts.threadId))
      .where(and(eq(posts.authorId, memberId), gt(posts.id, after)))
      .orderBy(asc(posts.id))
      .limit(AT_ONCE)
    const last = rows.at(-1)
    if (!last) return
    const ids = rows.map(({ id }) => id)
    const versions = await database
      .select()
      .from(postVersions)
      .where(inArray(postVersions.postId, ids))
      .orderBy(asc(postVersions.postId), asc(postVersions.version))
    const versionsOf = Map.groupBy(versions, ({ postId }) => postId)
    for (const row of rows) {
      const former = (versionsOf.get(row.id) ?? []).map(({ title, body, writtenAt }) => ({
        ...(title === null ? {} : { title }),
        body,
        written_at: writtenAt,
      }))
      yield { ...row, former_versions: former }
    }
    after = last.id
  }
}

export type WrittenByMember = ReturnType<typeof writtenBy> extends AsyncGenerator<infer Post> ? Post : never
