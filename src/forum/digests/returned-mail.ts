import { sql } from 'drizzle-orm'
import { readSigned } from '../../platform/crypto/signed.ts'
import type { Transaction } from '../../platform/database/database.ts'
import { bareEmail, tagOf } from '../../platform/mail/addresses.ts'
import { RETURN_PURPOSE } from '../../platform/mail/compose.ts'
import { saysUndeliverable } from '../../platform/mail/delivery-status.ts'
import type { Recipient } from '../../platform/mail/inbound-smtp.ts'
import { markBounced } from '../../platform/mail/mail.ts'
import type { Forum } from '../forum.ts'
import { countRefusal } from '../members/email-refusals.ts'
import { readUnsubscribe, type UnsubscribeRequest } from '../members/unsubscribe-token.ts'
import { stopMails } from './settings.ts'

/** The meaning of a signed address of the forum: a mail was returned, or a member unsubscribes. */
type BounceOrUnsubscribe = { returned: number } | { stop: UnsubscribeRequest }

/** Null for an address that the forum has not signed. */
function meaningOf(forum: Forum, address: string): BounceOrUnsubscribe | null {
  const tag = tagOf(forum.config.bounceAddress, address)
  if (tag === null) return null
  const returned = readSigned(forum.secret, RETURN_PURPOSE, tag)
  if (returned !== null) return { returned: Number(returned) }
  const stop = readUnsubscribe(forum, tag)
  return stop && { stop }
}

/** Receives returned mails, and unsubscribe mails that mail programs send. */
export const returnedMail = (forum: Forum): Recipient => ({
  has: (address) => meaningOf(forum, address) !== null,
  async take(source, addresses) {
    for (const address of addresses) {
      const meaning = meaningOf(forum, address)
      if (meaning && 'stop' in meaning && meaning.stop.kind !== 'thread')
        await stopMails(forum.database, meaning.stop.member, meaning.stop.kind)
      if (meaning && 'returned' in meaning && (await saysUndeliverable(source)))
        await countBounce(forum, meaning.returned)
    }
  },
})

/** Counts each mail once, and only if it was sent to a confirmed address. */
async function countBounce(forum: Forum, mail: number): Promise<void> {
  await forum.database.transaction(async (transaction) => {
    const bounced = await markBounced(transaction, mail)
    if (!bounced || bounced.kind === 'account') return
    await countRefusal(forum, transaction, bounced.member, await hasArrivedSince(transaction, bounced.member, mail))
  })
}

/** Whether a mail was sent between this one and the last returned one, and has not come back within a day. */
async function hasArrivedSince(transaction: Transaction, member: number, mail: number): Promise<boolean> {
  const { rows } = await transaction.execute(sql`
    select from mails
    where member_id = ${member} and id < ${mail} and state = 'sent' and bounced_at is null and kind <> 'account'
      and created_at < now() - interval '1 day'
      and id > (select max(id) from mails where member_id = ${member} and id < ${mail} and bounced_at is not null)
    limit 1`)
  return rows.length > 0
}

/** The addresses to which a mail was delivered, from the headers that mail servers add, not from its content. */
export function recipientsOf(source: Buffer): string[] {
  const [head = ''] = source.toString('latin1').split(/\r?\n\r?\n/, 1)
  const fields = head.replace(/\r?\n[ \t]+/g, ' ').matchAll(/^(?:To|Delivered-To|X-Original-To|Envelope-To):(.*)$/gim)
  return [...fields].flatMap(([, value = '']) => value.split(',').map((address) => bareEmail(address.trim())))
}
