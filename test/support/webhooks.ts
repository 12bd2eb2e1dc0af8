import { sql } from 'drizzle-orm'
import type { Test } from 'tap'
import { replyToThread } from '../../src/forum/discussion/reply-to-thread.ts'
import { startForum, type TestForum } from './forum.ts'
import type { Person } from './person.ts'
import { type Receiver, startReceiver } from './receiver.ts'
import { idOf } from './threads.ts'

export const LOOPBACK = { WEBHOOK_NETWORKS: '127.0.0.0/8' }
const ALL = ['thread', 'reply', 'edit', 'deletion']

/** Somebody adds a webhook in the settings. Answers its secret. */
export async function addWebhook(
  person: Person,
  url: string,
  fields: Record<string, string | string[]> = {},
): Promise<string> {
  const page = await person.post('/settings/webhooks', { url, events: ALL, city: '', technology: '', ...fields })
  if (page.status !== 200) throw new Error(`The form came back: ${page.text('.problem')}`)
  return page.text('[data-secret]')
}

/** What a receiver was told, message by message. */
export const told = ({ received }: Receiver) => received.map(({ body }) => JSON.parse(body))
export const types = (receiver: Receiver) => told(receiver).map(({ type }) => type)

/** As if so much time had gone by since everything that is queued was last tried. */
export const later = (forum: TestForum, interval: string) =>
  forum.database.execute(sql`
    with hooks as (
      update webhooks set quiet_until = quiet_until - ${interval}::interval, failing_since = failing_since - ${interval}::interval
    )
    update webhook_deliveries set next_try_at = next_try_at - ${interval}::interval`)

/** A forum, a receiver of webhooks beside it, Zoé who may add one, and Karim who writes. */
export async function startWithReceiver(t: Test) {
  const forum = await startForum(t, LOOPBACK)
  const receiver = await startReceiver(t)
  const zoe = await forum.member('Zoé')
  await forum.member('Karim')
  const karim = { id: await idOf(forum, 'Karim'), role: 'member', language: 'fr' } as const
  const say = (thread: number, body: string) => replyToThread(forum, { thread, author: karim, body })
  return { forum, receiver, zoe, karim, say }
}
