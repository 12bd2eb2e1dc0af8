import { and, asc, desc, eq, gt } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { mails } from '../../schema/mails.ts'
import { invitations } from '../../schema/members.ts'
import { boardReads, reads } from '../../schema/reading.ts'
import type { Catalogue } from '../boards/catalogue.ts'
import { invitationsBy } from '../members/invitations.ts'
import { pushBrowsersOf } from '../push/push-browsers.ts'
import { deliveriesOf, webhooksOf } from '../webhooks/queries.ts'

const AT_ONCE = 1_000
/** The highest number of rows in lists that are short for every member. */
const MOST = 10_000

/** How far a member has read each thread, in batches, and when they marked boards as read. */
export async function* readBy(database: Database, catalogue: Catalogue, memberId: number) {
  const declared = await database
    .select({ boardId: boardReads.boardId, readAt: boardReads.readAt })
    .from(boardReads)
    .where(eq(boardReads.memberId, memberId))
    .orderBy(asc(boardReads.boardId))
  for (const { boardId, readAt } of declared) yield { board: slugIn(catalogue, boardId), read_at: readAt }
  for (let after = 0; ; ) {
    const rows = await database
      .select({ thread: reads.threadId, number: reads.number })
      .from(reads)
      .where(and(eq(reads.memberId, memberId), gt(reads.threadId, after)))
      .orderBy(asc(reads.threadId))
      .limit(AT_ONCE)
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.thread
  }
}

/** The invitations that a member made, with those who used them, and the one that they used, without who made it. */
export async function invitationsOf(database: Database, memberId: number) {
  const { madeAt, endsAt, usedBy } = invitations
  const [made, used] = await Promise.all([
    invitationsBy(database, memberId, MOST),
    database.select({ made_at: madeAt, ends_at: endsAt }).from(invitations).where(eq(usedBy, memberId)),
  ])
  return { made: made.map((one) => ({ made_at: one.madeAt, ends_at: one.endsAt, used_by: one.usedBy })), used }
}

/** A member's webhooks and deliveries, without the secrets that sign them. */
export async function ownWebhooks(database: Database, catalogue: Catalogue, memberId: number) {
  const found = await webhooksOf(database, memberId)
  return Promise.all(
    found.map(async ({ id, boardId, technologyId, ...webhook }) => ({
      url: webhook.url,
      events: webhook.events,
      board: boardId === null ? null : slugIn(catalogue, boardId),
      technology: technologyId === null ? null : slugIn(catalogue, technologyId),
      added_at: webhook.createdAt,
      failing_since: webhook.failingSince,
      off_at: webhook.offAt,
      sent: (await deliveriesOf(database, id, undefined, MOST)).rows.map((one) => ({
        type: one.type,
        number: one.number,
        state: one.state,
        happened_at: one.happenedAt,
        tried_at: one.lastTriedAt,
        status: one.status,
      })),
    })),
  )
}

/** A member's push browsers, without their addresses, because anybody with an address can send to it. */
export async function ownPushBrowsers(database: Database, memberId: number) {
  const found = await pushBrowsersOf(database, memberId)
  return found.map(({ device, createdAt }) => ({ device, added_at: createdAt }))
}

/**
 * The mails that were sent to a member, without their texts. A text that still waits may hold a link that opens the
 * account.
 */
export const mailsOf = (database: Database, memberId: number) =>
  database
    .select({ kind: mails.kind, state: mails.state, at: mails.createdAt, bounced_at: mails.bouncedAt })
    .from(mails)
    .where(eq(mails.memberId, memberId))
    .orderBy(desc(mails.id))
    .limit(MOST)

const slugIn = (catalogue: Catalogue, id: number): string => catalogue.withId(id)?.slug ?? ''
