import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { SendMailOptions } from 'nodemailer'
import type { Config } from '../../config.ts'
import { OperatorError } from '../../operator-error.ts'
import { addressIn, domainOf } from './addresses.ts'

/** Writes a mail out, with its headers and both its forms (MIME), as it goes over the wire. */
export type Writer = (mail: SendMailOptions) => Promise<Buffer>

/** What says how to unsubscribe must be signed too (RFC 8058, 4). */
const SIGNED_HEADERS =
  'From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:In-Reply-To:References:' +
  'List-Id:List-Unsubscribe:List-Unsubscribe-Post:Auto-Submitted'

/**
 * Mails are signed with the key of the settings, if there is one (DKIM, RFC 6376).
 * @throws OperatorError when that key cannot be read.
 */
export async function openWriter({ dkimKey, dkimSelector, mailFrom }: Config): Promise<Writer> {
  const dkim = dkimKey && {
    domainName: domainOf(addressIn(mailFrom)),
    keySelector: dkimSelector,
    privateKey: await signingKey(dkimKey),
    headerFieldNames: SIGNED_HEADERS,
  }
  return async (mail) => {
    const { createTransport } = await import('nodemailer')
    const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
    const { message } = await writer.sendMail(dkim ? { ...mail, dkim } : mail)
    if (!Buffer.isBuffer(message)) throw new Error('A mail that is not whole')
    return message
  }
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
