import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import { OperatorError } from '../process/operator-error.ts'
import { bareEmail, domainOf } from './addresses.ts'
import type { SmtpMessage } from './compose.ts'
import { quotedPrintable } from './quoted-printable.ts'
import type { MailSettings } from './settings.ts'

/** Writes a mail out, with its headers and both its forms (MIME), as it goes over the wire. */
export type Writer = (mail: SmtpMessage) => Promise<Buffer>

/** What says how to unsubscribe must be signed too (RFC 8058, 4). */
const SIGNED_HEADERS =
  'From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:In-Reply-To:References:' +
  'List-Id:List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted'

/** Stands in no text that is quoted-printable, where another sign follows on `=` (RFC 2045, 6.7). */
const BOUNDARY = '=_both-forms'

/**
 * Mails are signed with the key of the settings, if there is one (DKIM, RFC 6376).
 * @throws OperatorError when that key cannot be read.
 */
export async function openWriter({ dkimKey, dkimSelector, mailFrom }: MailSettings): Promise<Writer> {
  if (!dkimKey) return written
  const privateKey = await signingKey(dkimKey)
  return async (mail) => {
    const { default: Signer } = await import('nodemailer/lib/dkim')
    const domainName = domainOf(bareEmail(mailFrom))
    const signer = new Signer({ domainName, keySelector: dkimSelector, privateKey, headerFieldNames: SIGNED_HEADERS })
    return buffer(signer.sign(await written(mail)))
  }
}

/** The headers are left to the library, which knows how words of any language stand in them (RFC 2047). */
async function written({ headers, text, html }: SmtpMessage): Promise<Buffer> {
  const { default: MimeNode } = await import('nodemailer/lib/mime-node')
  const head = new MimeNode(`multipart/alternative; boundary="${BOUNDARY}"`).addHeader(headers).buildHeaders()
  const form = (type: string) =>
    `\r\n--${BOUNDARY}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`
  return Buffer.concat([
    Buffer.from(`${head}\r\n${form('text/plain')}`),
    quotedPrintable(text),
    Buffer.from(form('text/html')),
    quotedPrintable(html),
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ])
}

async function signingKey(file: string): Promise<string> {
  const key = await readFile(file, 'utf8').catch(() => '')
  if (isRsaKey(key)) return key
  throw new OperatorError(`DKIM_KEY ${file} must be a file with a private RSA key in PEM.`)
}

function isRsaKey(key: string): boolean {
  try {
    return createPrivateKey(key).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
