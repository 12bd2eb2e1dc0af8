import { once } from 'node:events'
import { OperatorError } from '../process/operator-error.ts'
import type { InboundAddress } from './settings.ts'

/** Longer than any mail of ours that comes back whole. */
const LONGEST_RETURNED_BYTES = 2 * 1_024 * 1_024
const MOST_CONNECTIONS = 20
/** What a mail under way has, to end, when the forum stops. */
const LONGEST_END_MILLISECONDS = 2_000

/** What is done with mail that arrives. */
export interface Recipient {
  /** Whether there is such an address here; mail to any other is refused before it is sent. */
  has(address: string): boolean
  /** Takes a mail in; when it fails, the other side keeps the mail and tries again. */
  take(source: Buffer, addresses: string[]): Promise<void>
}

/**
 * Listens for mail that comes back, by SMTP (RFC 5321) or LMTP (RFC 2033).
 * @throws OperatorError when the place of the settings cannot be had.
 */
export async function openInboundSmtp(
  { lmtp, host, port }: InboundAddress,
  recipient: Recipient,
): Promise<AsyncDisposable> {
  const { SMTPServer } = await import('smtp-server')
  const server = new SMTPServer({
    lmtp,
    size: LONGEST_RETURNED_BYTES,
    maxClients: MOST_CONNECTIONS,
    closeTimeout: LONGEST_END_MILLISECONDS,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, answer) {
      answer(recipient.has(address) ? null : refusal(550, '5.1.1 No such address here'))
    },
    onData(stream, { envelope }, answer) {
      const addresses = envelope.rcptTo.map(({ address }) => address)
      const take = async () => {
        const pieces: Buffer[] = []
        for await (const piece of stream) if (!stream.sizeExceeded) pieces.push(piece)
        if (stream.sizeExceeded) throw refusal(552, '5.3.4 Too large')
        await recipient.take(Buffer.concat(pieces), addresses)
      }
      take().then(
        () => answer(null, 'Taken'),
        (error) => answer('responseCode' in Object(error) ? error : refusal(451, '4.3.0 Try again later')),
      )
    },
  })
  // A connection that breaks concerns nobody but who made it.
  server.on('error', () => {})
  const listening = server.listen(port, host)
  await once(listening, 'listening').catch(() => {
    throw new OperatorError(`BOUNCE_LISTEN ${host}:${port} cannot be listened on: it is taken, or not this machine's.`)
  })
  return {
    async [Symbol.asyncDispose]() {
      await new Promise<void>((done) => server.close(() => done()))
    },
  }
}

const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode })
