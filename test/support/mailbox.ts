import { once } from 'node:events'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Test } from 'tap'
import { until } from './until.ts'

/** A real SMTP server, and all that it was given. */
export interface Mailbox {
  url: string
  received: ParsedMail[]
  /** Waits until so many have come. */
  until(count: number): Promise<ParsedMail[]>
}

export async function openMailbox(t: Test): Promise<Mailbox> {
  const received: ParsedMail[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _session, taken) {
      simpleParser(stream).then((mail) => {
        received.push(mail)
        taken()
      }, taken)
    },
  })
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  t.teardown(() => new Promise<void>((closed) => server.close(() => closed())))
  const { port } = Object(listening.address())
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    async until(count) {
      await until(() => received.length >= count)
      return received
    },
  }
}

/** The links of a mail's text form that lead to a path of the forum's. */
export const linksIn = ({ text = '' }: ParsedMail, origin: string): string[] =>
  [...text.matchAll(/https?:\/\/\S+/g)]
    .map(([link]) => link)
    .filter((link) => link.startsWith(origin))
    .map((link) => link.slice(origin.length))
