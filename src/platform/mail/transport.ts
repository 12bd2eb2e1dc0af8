import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Config } from '../../config.ts'

/** Takes mails away: to the SMTP server of the settings, or into a folder. */
export interface Transport {
  /** @throws with `responseCode`, when the server answered: from 500 on it will not take this mail, ever. */
  send(id: number, mail: SendMailOptions): Promise<void>
  close(): void
}

const CONNECTIONS = 5
/** A server that says nothing for so long is taken to be gone. */
const PATIENCE_MILLISECONDS = 20_000

/** @throws when the key for DKIM cannot be read. */
export async function openTransport(config: Config): Promise<Transport> {
  return config.smtpUrl ? openSmtp(config, config.smtpUrl) : openOutbox(join(config.dataDir, 'outbox'))
}

async function openSmtp({ mailRate, mailFrom, dkimKey, dkimSelector }: Config, url: string): Promise<Transport> {
  const dkim = dkimKey && {
    domainName: domainOf(mailFrom),
    keySelector: dkimSelector,
    privateKey: await readFile(dkimKey, 'utf8'),
  }
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    rateDelta: 1_000,
    rateLimit: mailRate,
    connectionTimeout: PATIENCE_MILLISECONDS,
    greetingTimeout: PATIENCE_MILLISECONDS,
    socketTimeout: PATIENCE_MILLISECONDS,
    ...(dkim ? { dkim } : {}),
  })
  return {
    async send(_id, mail) {
      await transport.sendMail(mail)
    },
    close: () => transport.close(),
  }
}

/** For a forum without an SMTP server: each mail is a file, which mail programs open. */
async function openOutbox(folder: string): Promise<Transport> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async send(id, mail) {
      const { message } = await composer.sendMail(mail)
      if (!Buffer.isBuffer(message)) throw new Error('A mail that is not whole')
      await writeFile(join(folder, `${String(id).padStart(8, '0')}.eml`), message, { mode: 0o600 })
    },
    close() {},
  }
}

/** The part of an address after the @, of «Name <name@domain>» too. */
export const domainOf = (address: string): string => /@([^\s>]+)/.exec(address)?.[1] ?? 'localhost'
