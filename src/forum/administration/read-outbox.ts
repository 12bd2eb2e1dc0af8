import { outboxNumbers, outboxSource } from '../../platform/mail/outbox-folder.ts'

const MAILS_PER_PAGE = 30

/** A mail of the outbox as a mail program parses it. */
export async function readOutboxMail(dataDir: string, number: number) {
  const source = await outboxSource(dataDir, number)
  if (!source) return null
  const { simpleParser } = await import('mailparser')
  const mail = await simpleParser(source, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })
  return {
    number,
    subject: mail.subject ?? '',
    to: [mail.to ?? []]
      .flat()
      .map(({ text }) => text)
      .join(', '),
    writtenAt: mail.date ?? null,
    text: mail.text ?? '',
    html: mail.html || '',
    source: source.toString('utf8'),
  }
}

export type OutboxMail = NonNullable<Awaited<ReturnType<typeof readOutboxMail>>>

/** Mails of the outbox below a number, newest first, and where older ones begin. */
export async function readOutbox(
  dataDir: string,
  before: number,
): Promise<{ mails: OutboxMail[]; next: string | null }> {
  const numbers = await outboxNumbers(dataDir, before)
  const shown = numbers.slice(0, MAILS_PER_PAGE)
  const mails = await Promise.all(shown.map((number) => readOutboxMail(dataDir, number)))
  const next = numbers.length > shown.length ? String(shown.at(-1)) : null
  return { mails: mails.filter((mail) => mail !== null), next }
}
