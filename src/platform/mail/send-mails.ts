import { sql } from 'drizzle-orm'
import type { MailContext } from './context.ts'
import { freeExpired, withLease } from './lease.ts'
import { type QueuedMail, type Recipients, sendMail } from './send-mail.ts'
import type { Scope } from './transport.ts'

/** After so many mails in a row without an answer, on each connection, the server counts as away. */
const SILENCES = 2
/** For how long a mail is tried again. */
const GIVEN_UP = sql`interval '3 days'`

/** How a process that stops tells its senders so. */
export interface Stopping {
  /** Aborted: no more mails are leased. */
  ending: AbortSignal
  /** Aborted: those under way are broken off. */
  over: AbortSignal
}

/**
 * Sends the mails that are due, on several connections at once, the urgent ones first, until there are no more. A mail is
 * leased to one sender, and free again as soon as that one has died: nothing waits for a process that was killed.
 */
export async function sendMails<Context extends MailContext>(
  context: Context,
  recipients: Recipients<Context>,
  scope: Scope = 'all',
  stop?: Stopping,
): Promise<void> {
  const { database, config, log } = context
  await freeExpired(database)
  const connections = scope === 'urgent' ? 1 : config.mailConnections
  let silences = 0
  const isAway = () => silences >= SILENCES * connections

  await withLease(database, async (sender, lost) => {
    const due = dueMails(
      context,
      { sender, scope, connections, lookup: recipients.lookup },
      () => Boolean(stop?.ending.aborted) || isAway() || lost.aborted,
    )
    const loops = Array.from({ length: connections }, async () => {
      const ends = { stop: stop?.over, lost }
      for await (const mail of due) silences = (await sendMail(context, mail, recipients, ends)) ? 0 : silences + 1
    })
    // All have ended before others may take these mails in hand.
    for (const ended of await Promise.allSettled(loops)) if (ended.status === 'rejected') throw ended.reason
  })
  if (isAway()) log.warn('the mail server does not answer')
}

interface Sender {
  sender: number
  scope: Scope
  connections: number
  lookup: Recipients<never>['lookup']
}

/** Mails one by one, for several who ask; leased a few at a time. */
async function* dueMails(context: MailContext, sender: Sender, hasEnded: () => boolean): AsyncGenerator<QueuedMail> {
  while (!hasEnded()) {
    const held = await leaseMails(context, sender)
    if (held.length === 0) return
    for (const mail of held) {
      if (hasEnded()) return
      yield mail
    }
  }
}

async function leaseMails(
  { database }: MailContext,
  { sender, scope, connections, lookup }: Sender,
): Promise<QueuedMail[]> {
  const { rows } = await database.execute<Omit<QueuedMail, 'scope'> & Record<string, unknown>>(sql`
    with due as (
      select id from mails
      where state = 'queued' and sender is null and next_try_at <= now() ${scope === 'urgent' ? sql`and urgent` : sql``}
      order by urgent desc, next_try_at limit ${4 * connections}
      for update skip locked
    ), held as (
      update mails set sender = ${sender} from due where mails.id = due.id returning mails.*
    )
    select held.id, held.member_id as member, held.kind, held.urgent, held.letter, held.tries, held.sender,
      held.created_at < now() - ${GIVEN_UP} as old, ${lookup.refused} as refused, ${lookup.outdated} as outdated,
      ${lookup.address} as address
    from held ${lookup.joins}
    order by held.urgent desc, held.next_try_at`)
  return rows.map((mail) => ({ ...mail, scope }))
}
