import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Test } from 'tap'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

/** What a server does with somebody's mail. */
export type Conduct =
  | ('take' | 'refuse' | 'refuse-for-now' | 'refuse-as-spam' | 'stall' | 'hold-back')
  /** With all of the mail: hang up, refuse it for now, or take it and not say so. */
  | ('drop' | 'refuse-data-for-now' | 'keep-quiet')

export interface Received {
  from: string
  to: string
  mail: ParsedMail
  source: Buffer
}

/** A real mail server, to which everything is sent that the forum writes. */
export class MailServer {
  readonly received: Received[] = []
  /** What it does with mail to an address, by what stands before its @; it takes all others. */
  readonly conduct = new Map<string, Conduct>()
  /** How many connections it has had. */
  connections = 0
  /** How many it has left without an answer. */
  stalled = 0
  /** To go on with those that it holds back. */
  readonly heldBack: (() => void)[] = []
  private readonly server: SMTPServer
  readonly port: number

  static async start(t: Test, port?: number): Promise<MailServer> {
    const server = new MailServer(port ?? (await freePort()))
    const listening = server.server.listen(server.port, '127.0.0.1')
    await once(listening, 'listening')
    t.teardown(() => server.stop())
    return server
  }

  private constructor(port: number) {
    this.port = port
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 1,
      onConnect: (_session, answer) => {
        this.connections += 1
        answer()
      },
      onRcptTo: ({ address }, _session, answer) => {
        const conduct = this.conductTo(address)
        if (conduct === 'refuse') answer(refusal(550, '5.1.1 Nobody of that name'))
        else if (conduct === 'refuse-as-spam') answer(refusal(554, '5.7.1 Not from you'))
        else if (conduct === 'refuse-for-now') answer(refusal(451, '4.7.1 Come back later'))
        else if (conduct === 'stall') this.stall()
        else if (conduct === 'hold-back') this.heldBack.push(() => answer())
        else answer()
      },
      onData: (stream, session, answer) => {
        const { rcptTo, mailFrom } = session.envelope
        const to = rcptTo[0]?.address ?? ''
        const conduct = this.conductTo(to)
        if (conduct === 'drop') return this.hangUp()
        const take = async () => {
          const source = await buffer(stream)
          if (conduct === 'refuse-data-for-now') return answer(refusal(452, '4.3.1 No room'))
          const mail = await simpleParser(source)
          this.received.push({ from: mailFrom ? mailFrom.address : '', to, source, mail })
          if (conduct !== 'keep-quiet') answer(null, 'Taken')
        }
        // Who breaks off in the middle of a mail has sent none.
        take().catch(() => {})
      },
    })
    this.server.on('error', () => {})
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`
  }

  to(address: string): Received[] {
    return this.received.filter((received) => received.to === address)
  }

  /** Waits until something is so. */
  until(isSo: () => boolean): Promise<void> {
    return until(isSo)
  }

  stop(): Promise<void> {
    return new Promise((done) => this.server.close(() => done()))
  }

  private conductTo(address: string): Conduct {
    return this.conduct.get(address.split('@')[0] ?? '') ?? 'take'
  }

  private stall(): void {
    this.stalled += 1
  }

  private hangUp(): void {
    for (const connection of this.server.connections) connection.close()
  }
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })
