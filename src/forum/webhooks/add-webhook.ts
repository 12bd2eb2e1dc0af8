import { randomBytes } from 'node:crypto'
import { count, eq } from 'drizzle-orm'
import { MOST_WEBHOOKS } from '../../limits.ts'
import { sealed } from '../../platform/crypto/sealed.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { type FieldProblem, invalidField, invalidFields } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import type { WebhookEvent } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import { webhooks } from '../../schema/webhooks.ts'
import { boardCatalogue, type Catalogue } from '../boards/catalogue.ts'
import { orMergedMeanwhile } from '../boards/merged-meanwhile.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayModerate } from '../members/permissions.ts'
import { webhookAddress } from './webhook-address.ts'

/** Groups of events that a member can choose, by their names in the form. */
export const EVENT_GROUPS = {
  thread: ['thread.created'],
  reply: ['post.created'],
  edit: ['post.edited'],
  flag: ['post.flagged'],
  deletion: ['post.deleted', 'post.restored', 'thread.removed', 'thread.restored'],
} as const satisfies Record<string, readonly WebhookEvent[]>
export type EventGroup = keyof typeof EVENT_GROUPS

const ADDED = { action: 'webhook', most: 20, seconds: 3_600 }
/** Length of the webhook's key (Standard Webhooks, «Signature scheme»: 24 to 64). */
const SECRET_BYTES = 32

export const PURPOSE = 'webhook'

export interface NewWebhook {
  url: string
  events: readonly EventGroup[]
  /** Slugs; empty for any. */
  city: string
  technology: string
}

/**
 * Adds a webhook for a member. Answers its id and, only this once, the secret with which its receiver checks messages.
 * @throws Problem 422 for an address that the forum does not send to, for no events, and for one webhook too many; 409
 * for a board that was just merged; 429.
 */
export async function addWebhook(
  forum: Forum,
  { id: member, role }: Actor,
  { url, events: chosen, ...place }: NewWebhook,
): Promise<{ id: number; secret: string }> {
  await takeAttempt(forum, ADDED, String(member))
  // Only moderators may get flags.
  const events = chosen.filter((group) => group !== 'flag' || mayModerate({ id: member, role }))
  const catalogue = await boardCatalogue(forum)
  const address = webhookAddress(forum, url)
  const wrong: FieldProblem[] = [
    ...(address === null ? [{ field: 'url', key: 'webhooks.no_such_address' } as const] : []),
    ...(events.length === 0 ? [{ field: 'events', key: 'webhooks.no_event' } as const] : []),
  ]
  if (address === null || wrong.length > 0) throw invalidFields(wrong)
  const [city, technology] = [
    boardIn(catalogue, 'city', place.city),
    boardIn(catalogue, 'technology', place.technology),
  ]
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`
  return inTransaction(forum, async (transaction) => {
    // Locks the member, or two forms at once could add one webhook too many.
    await transaction.select({ id: members.id }).from(members).where(eq(members.id, member)).for('no key update')
    const [had] = await transaction.select({ count: count() }).from(webhooks).where(eq(webhooks.memberId, member))
    if (had && had.count >= MOST_WEBHOOKS) throw invalidField('url', 'webhooks.too_many', { count: MOST_WEBHOOKS })
    const [added] = await transaction
      .insert(webhooks)
      .values({
        memberId: member,
        url: address.href,
        secret: sealed(forum.secret, PURPOSE, secret),
        events: events.flatMap((group): readonly WebhookEvent[] => EVENT_GROUPS[group]),
        boardId: city ?? technology,
        technologyId: city === null ? null : technology,
      })
      .returning({ id: webhooks.id })
    if (!added) throw new Error('An insert answered no row')
    return { id: added.id, secret }
  }).catch(orMergedMeanwhile)
}

function boardIn(catalogue: Catalogue, kind: 'city' | 'technology', slug: string): number | null {
  if (slug === '') return null
  const board = catalogue.withSlug(slug)
  if (board?.kind !== kind) throw invalidField(kind, 'threads.no_such_board')
  return board.id
}
