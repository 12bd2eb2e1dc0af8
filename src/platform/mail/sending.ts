import type { MailContext } from './context.ts'
import type { Recipients } from './send-mail.ts'
import { sendMails } from './send-mails.ts'
import type { Scope } from './transport.ts'

/** Mails that are under way when the forum stops may arrive for so long. */
const LONGEST_END_MILLISECONDS = 3_000

/** How a process sends mails, beside its jobs: a mail server that stalls holds up none of them. */
export interface Sending {
  /** Has what is due sent, and waits for nothing. What comes while this process is sending is looked for after that. */
  wake<Context extends MailContext>(context: Context, recipients: Recipients<Context>): void
  /** Ends it. What is under way for too long is broken off, and sent by the next process. */
  close(): Promise<void>
}

/** The senders of one process: one for each scope, at the most. */
export function openSending(): Sending {
  const ending = new AbortController()
  const over = new AbortController()
  const stop = { ending: ending.signal, over: over.signal }
  const senders = new Map<Scope, { again: boolean; ended: Promise<void> }>()

  function wakeSender<Context extends MailContext>(
    scope: Scope,
    context: Context,
    recipients: Recipients<Context>,
  ): void {
    const underWay = senders.get(scope)
    if (underWay) underWay.again = true
    else senders.set(scope, { again: false, ended: send(scope, context, recipients) })
  }

  async function send<Context extends MailContext>(
    scope: Scope,
    context: Context,
    recipients: Recipients<Context>,
  ): Promise<void> {
    await sendMails(context, recipients, scope, stop).catch((error: unknown) => {
      if (!stop.ending.aborted) context.log.error({ err: error }, 'mails could not be sent')
    })
    const again = senders.get(scope)?.again
    senders.delete(scope)
    if (again && !stop.ending.aborted) wakeSender(scope, context, recipients)
  }

  return {
    wake(context, recipients) {
      if (stop.ending.aborted) return
      wakeSender('urgent', context, recipients)
      wakeSender('all', context, recipients)
    },
    async close() {
      ending.abort()
      const patience = setTimeout(() => over.abort(), LONGEST_END_MILLISECONDS)
      await Promise.all(senders.values().map(({ ended }) => ended))
      clearTimeout(patience)
    },
  }
}
