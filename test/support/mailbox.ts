import type { ParsedMail } from 'mailparser'
import type { Test } from 'tap'
import { MailServer } from './mail-server.ts'

/** All that a mail server was given, as it reads. */
export interface Mailbox {
  url: string
  readonly received: ParsedMail[]
  /** Waits until so many have come. */
  until(count: number): Promise<ParsedMail[]>
}

export async function openMailbox(t: Test): Promise<Mailbox> {
  const server = await MailServer.start(t)
  const received = () => server.received.map(({ mail }) => mail)
  return {
    url: server.url,
    get received() {
      return received()
    },
    async until(count) {
      await server.until(() => server.received.length >= count)
      return received()
    },
  }
}

/** The links of a mail's text form that lead to a path of the forum's. */
export const linksIn = ({ text = '' }: ParsedMail, origin: string): string[] =>
  [...text.matchAll(/https?:\/\/\S+/g)]
    .map(([link]) => link)
    .filter((link) => link.startsWith(origin))
    .map((link) => link.slice(origin.length))
