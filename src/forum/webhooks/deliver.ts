import { eq, sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { unsealed } from '../../platform/crypto/sealed.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { type Outcome, postTo } from '../../platform/outgoing/post-to.ts'
import { webhookDeliveries, webhooks } from '../../schema/webhooks.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { PURPOSE } from './add-webhook.ts'
import { payloadOf, type ToldEvent } from './payload.ts'
import { MOST_TRIES } from './waits.ts'
import { reachesFor } from './webhook-address.ts'

export interface DueDelivery extends ToldEvent {
  id: number
  webhookId: number
  messageId: string
  tries: number
  url: string
  secret: Buffer
  memberId: number
}

/** The receiver no longer wants messages (RFC 9110, 15.5.11). */
const GONE = 410
/** A receiver that answers more slowly delays others as much as one that refuses. */
const SLOW_MILLISECONDS = 2_000
/** A slow or refusing receiver stays untrusted this long. Otherwise it could alternate one quick answer with slow ones. */
const onceTrustedAgain = sql`now() + interval '1 hour'`

/** Sends one message and stores the result. */
export async function deliver(forum: Forum, delivery: DueDelivery): Promise<void> {
  const body = await payloadOf(forum, delivery)
  const headers = signed(forum, delivery, body)
  const begun = performance.now()
  const outcome = await postTo(new URL(delivery.url), body, headers, reachesFor(forum.config))
  const isQuick = performance.now() - begun < SLOW_MILLISECONDS
  if ('status' in outcome && outcome.status >= 200 && outcome.status < 300)
    await noteTaken(forum, delivery, outcome.status, isQuick)
  else await noteRefused(forum, delivery, outcome)
}

/** Signs a message (Standard Webhooks 1.0.0), with the moment of sending. */
function signed(forum: Forum, { messageId, secret }: DueDelivery, body: string): Record<string, string> {
  const id = `msg_${messageId}`
  const now = new Date()
  const signature = new Webhook(String(unsealed(forum.secret, PURPOSE, secret))).sign(id, now, body)
  return {
    'content-type': 'application/json',
    'user-agent': 'Contrechamp',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': signature,
  }
}

async function noteTaken(
  forum: Forum,
  { id, webhookId }: DueDelivery,
  status: number,
  isQuick: boolean,
): Promise<void> {
  const trustedFrom = isQuick ? sql`coalesce(trusted_from, now())` : onceTrustedAgain
  await inTransaction(forum, async (transaction) => {
    await transaction
      .update(webhooks)
      .set({ quietUntil: sql`now()`, failures: 0, failingSince: null, trustedFrom })
      .where(eq(webhooks.id, webhookId))
    await transaction
      .update(webhookDeliveries)
      .set({ state: 'sent', status, problem: null })
      .where(eq(webhookDeliveries.id, id))
  })
}

/** Switches a webhook off that has failed for three days, or whose receiver says that it is gone, and tells its member. */
async function noteRefused(forum: Forum, delivery: DueDelivery, outcome: Outcome): Promise<void> {
  const { id, webhookId, memberId, tries } = delivery
  const status = 'status' in outcome ? outcome.status : null
  const problem = 'problem' in outcome ? outcome.problem : null
  await inTransaction(forum, async (transaction, announce) => {
    const [refused] = await transaction
      .update(webhooks)
      .set({
        failures: sql`failures + 1`,
        failingSince: sql`coalesce(failing_since, now())`,
        trustedFrom: onceTrustedAgain,
        quietUntil: sql`now() + least(interval '1 hour', interval '5 seconds' * power(2, least(failures, 12)))`,
        offAt: sql`case when ${status}::int = ${GONE} or failing_since < now() - interval '3 days' then now() end`,
      })
      .where(eq(webhooks.id, webhookId))
      .returning({ offAt: webhooks.offAt })
    const dropped = tries >= MOST_TRIES || Boolean(refused?.offAt)
    await transaction
      .update(webhookDeliveries)
      .set({ status, problem, ...(dropped ? { state: 'dropped' } : {}) })
      .where(eq(webhookDeliveries.id, id))
    if (!refused?.offAt) return
    const path = `/settings/webhooks/${webhookId}`
    await runSteps(forum.steps.accountChanged, transaction, { memberId, occasion: 'webhook_off', path })
    await announce(memberEvent('notified', memberId))
  })
}
