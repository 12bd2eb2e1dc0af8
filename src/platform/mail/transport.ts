import type { SmtpMessage } from './compose.ts'
import { DeliveryProblem } from './delivery-problem.ts'
import { writeToOutbox } from './outbox-folder.ts'
import type { MailSettings } from './settings.ts'
import { openWriter, type Writer } from './write-source.ts'

/**
 * Which mails: `urgent` are those that somebody waits for. They have one sender and one connection to themselves, and the
 * other sender takes them first: whatever holds up digests does not hold up a forgotten password.
 */
export type Scope = 'urgent' | 'all'

/** One attempt to hand a mail over. */
export interface Delivery {
  /** The mail's own number, for a transport that keeps mails apart. */
  number: number
  mail: SmtpMessage
  /** Over whose connections: of the `urgent` ones there is one. */
  scope: Scope
  /** How often it was tried before: slow servers are given more time then. */
  tries: number
  /** Called once all of it has left, before the other side has said that it takes it; never after `deliver` has settled. */
  onLeft: () => void
  /** Ends the attempt. */
  stop?: AbortSignal | undefined
}

/** What hands mails to an SMTP server, or keeps them in a folder. */
export interface Transport {
  /**
   * Hands a mail over; when it returns, the other side has taken it.
   * @throws DeliveryProblem when the other side does not take it, or does not say so in time.
   */
  deliver(delivery: Delivery): Promise<void>
  /** What became of the mails that were handed over. */
  readonly handed: Handed
  close(): void
}

/** Counts, since the start of the process. */
export interface Handed {
  taken: number
  /** For good. */
  refused: number
  /** For now: the other side is busy, silent or away. */
  delayed: number
}

/** Longer than any server needs that means to take a mail; it ends what trickles, which no other time limit does. */
const LONGEST_DELIVERY_MILLISECONDS = 120_000
/** A mail that was whole when its sender lost patience is sent twice, so patience is long (RFC 5321, 4.5.3.2.6). */
const LONGEST_SILENCE_MILLISECONDS = 110_000
/** Until a mail has left, nothing is lost by trying again later, and those behind it need not wait. Doubles with each try. */
const LONGEST_LEAVING_MILLISECONDS = 15_000

/**
 * The mail server of the settings, or without one the folder `outbox`.
 * @throws OperatorError when the key that signs mails cannot be read.
 */
export async function openTransport(config: MailSettings): Promise<Transport> {
  const write = await openWriter(config)
  if (config.smtpUrl) return counting(smtpTransport(config, config.smtpUrl, write))
  return counting({
    async deliver({ number, mail, onLeft }) {
      const source = await write(mail)
      // A full disk is put up with like a mail server that is away: each is tried again, and none keeps others from leaving.
      await writeToOutbox(config.dataDir, number, source).catch((error: unknown) => {
        throw new DeliveryProblem(error)
      })
      onLeft()
    },
    close() {},
  })
}

function counting({ deliver, close }: Omit<Transport, 'handed'>): Transport {
  const handed = { taken: 0, refused: 0, delayed: 0 }
  return {
    handed,
    close,
    async deliver(delivery) {
      try {
        await deliver(delivery)
        handed.taken += 1
      } catch (error) {
        handed[error instanceof DeliveryProblem && error.permanent ? 'refused' : 'delayed'] += 1
        throw error
      }
    },
  }
}

/**
 * Connections are kept and shared. What goes wrong is told and not tried again here, where nobody keeps account of it.
 * What stands behind the server's address (`?socketTimeout=…`, `?requireTLS=true`) comes before what stands here.
 */
function smtpTransport(
  { mailConnections, mailRate }: MailSettings,
  url: string,
  write: Writer,
): Omit<Transport, 'handed'> {
  const leaving = new WeakMap<object, () => void>()
  /** Each mail may have to wait for the rate of all. */
  const turnMilliseconds = (1_000 * mailConnections) / mailRate

  const open = async (maxConnections: number) => {
    // Not before there is a mail: most processes of a forum send none.
    const { createTransport } = await import('nodemailer')
    const transport = createTransport({
      url,
      pool: true,
      maxConnections,
      rateLimit: mailRate,
      rateDelta: 1_000,
      maxRequeues: 0,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: LONGEST_SILENCE_MILLISECONDS,
    })
    transport.use('stream', ({ data, message }, done) => {
      const { raw } = data
      // At the source's end the connection has read all of it, and writes the line that ends the mail at once. The server
      // can answer no sooner than that, so this must not be put off: a refusal would overtake it.
      message.processFunc((source) => source.once('end', () => leaving.get(Object(raw))?.()))
      done()
    })
    return transport
  }
  const transports = { urgent: onceOpened(() => open(1)), all: onceOpened(() => open(mailConnections)) }

  return {
    async deliver({ mail, scope, tries, onLeft, stop }) {
      const transport = await transports[scope].get()
      const raw = await write(mail)
      const late = new AbortController()
      const abort = () => late.abort()
      const leavingTime = Math.min(LONGEST_LEAVING_MILLISECONDS * 2 ** tries, LONGEST_SILENCE_MILLISECONDS)
      // Both are taken back in the end: hundreds of mails each second would else leave theirs behind.
      const untilLeft = setTimeout(abort, leavingTime + turnMilliseconds)
      const untilAnswered = setTimeout(abort, LONGEST_DELIVERY_MILLISECONDS + turnMilliseconds)
      leaving.set(raw, () => {
        clearTimeout(untilLeft)
        onLeft()
      })
      const signal = stop ? AbortSignal.any([late.signal, stop]) : late.signal
      try {
        await transport.sendMail({ envelope: mail.envelope, raw, signal })
      } catch (error) {
        throw new DeliveryProblem(error)
      } finally {
        leaving.delete(raw)
        clearTimeout(untilLeft)
        clearTimeout(untilAnswered)
      }
    },
    close() {
      for (const { opened } of Object.values(transports)) {
        opened()
          ?.then((transport) => transport.close({ force: true }))
          .catch(() => {})
      }
    },
  }
}

/** Opens something when it is first needed; once that has failed, it is tried anew. */
function onceOpened<Opened>(open: () => Promise<Opened>) {
  let opening: Promise<Opened> | null = null
  return {
    opened: () => opening,
    get() {
      opening ??= open().catch((error) => {
        opening = null
        throw error
      })
      return opening
    },
  }
}
