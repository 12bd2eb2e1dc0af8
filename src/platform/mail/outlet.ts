import type { Config } from '../../config.ts'
import type { MailToWrite } from './compose.ts'
import { DeliveryProblem } from './delivery-problem.ts'
import { writeToOutbox } from './outbox.ts'
import { openWriter, type Writer } from './write-source.ts'

/** Where mails leave the forum. */
export interface Outlet {
  /**
   * Hands a mail over; when it returns, the other side has taken it.
   * @param number the mail's own, for an outlet that keeps mails apart.
   * @param onLeft called once all of it has left, before the other side has said that it takes it.
   * @throws DeliveryProblem when the other side does not take it, or does not say so.
   */
  deliver(number: number, mail: MailToWrite, onLeft: () => void): Promise<void>
  close(): void
}

/** Longer than any server needs that means to take a mail; it ends what trickles, which no other time limit does. */
const LONGEST_DELIVERY_MILLISECONDS = 120_000
/** A mail that was whole when its sender lost patience is sent twice, so patience is long (RFC 5321, 4.5.3.2.6). */
const LONGEST_SILENCE_MILLISECONDS = 110_000

/**
 * The mail server of the settings, or without one the folder `outbox`.
 * @throws OperatorError when the key that signs mails cannot be read.
 */
export async function openOutlet(config: Config): Promise<Outlet> {
  const write = await openWriter(config)
  if (config.smtpUrl) return serverOutlet(config, config.smtpUrl, write)
  return {
    async deliver(number, mail, onLeft) {
      await writeToOutbox(config.dataDir, number, await write(mail))
      onLeft()
    },
    close() {},
  }
}

/**
 * Connections are kept and shared. What goes wrong is told and not tried again here, where nobody keeps account of it.
 * What stands behind the server's address (`?socketTimeout=…`, `?requireTLS=true`) comes before what stands here.
 */
function serverOutlet({ mailConnections, mailRate }: Config, url: string, write: Writer): Outlet {
  const leaving = new WeakMap<object, () => void>()
  const opening = async () => {
    // Not before there is a mail: most processes of a forum send none.
    const { createTransport } = await import('nodemailer')
    const transport = createTransport({
      url,
      pool: true,
      maxConnections: mailConnections,
      rateLimit: mailRate,
      rateDelta: 1_000,
      maxRequeues: 0,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: LONGEST_SILENCE_MILLISECONDS,
    })
    transport.use('stream', ({ data, message }, done) => {
      const onLeft = leaving.get(Object(data.raw))
      // It ends when the connection has read it to its end; the line that ends the mail is then written at once.
      message.processFunc((source) => source.once('end', () => setImmediate(() => onLeft?.())))
      done()
    })
    return transport
  }
  let opened: ReturnType<typeof opening> | null = null
  return {
    async deliver(_number, mail, onLeft) {
      opened ??= opening()
      const transport = await opened
      const raw = await write(mail)
      leaving.set(raw, onLeft)
      const late = new AbortController()
      // Taken back in the end: hundreds of mails each second would else leave theirs behind.
      const patience = setTimeout(() => late.abort(), LONGEST_DELIVERY_MILLISECONDS)
      try {
        await transport.sendMail({ envelope: mail.envelope, raw, signal: late.signal })
      } catch (error) {
        throw new DeliveryProblem(error)
      } finally {
        clearTimeout(patience)
      }
    },
    close: () => void opened?.then((transport) => transport.close({ force: true })),
  }
}
