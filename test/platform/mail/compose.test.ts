import { generateKeyPairSync, verify } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { simpleParser } from 'mailparser'
import t from 'tap'
import { readConfig } from '../../../src/config.ts'
import { compose } from '../../../src/platform/mail/compose.ts'
import type { MailContent } from '../../../src/platform/mail/mail.ts'
import { openWriter } from '../../../src/platform/mail/write-source.ts'
import { dataFolder } from '../../support/served.ts'

const SETTINGS = {
  ORIGIN: 'https://forum.exemple.fr',
  MAIL_FROM: 'Contrechamp <forum@exemple.fr>',
  BOUNCE_ADDRESS: 'retours@exemple.fr',
}
const CONTENT: MailContent = {
  subject: 'Marseille : 3 sujets, 12 réponses',
  text: `Trois sujets. ${'Une longue ligne, '.repeat(40)}fin.\n`,
  html: '<p>Trois <b>sujets</b>.</p>',
  unsubscribe: 'digest-12.0123456789abcdef01234567',
}

interface Sent {
  id?: number
  kind?: 'account' | 'digest' | 'notification'
  content?: Partial<MailContent>
  settings?: Record<string, string>
}

/** A mail as it goes over the wire, and its headers, each on one line. */
async function sent({ id = 7, kind = 'digest', content = {}, settings = {} }: Sent = {}) {
  const config = readConfig({ ...SETTINGS, ...settings })
  const composed = compose(
    { config, secret: 'un secret' },
    { id, kind, urgent: kind === 'account' },
    'zoe@exemple.org',
    { ...CONTENT, ...content },
  )
  const write = await openWriter(config)
  const source = await write(composed)
  const mail = await simpleParser(source)
  const header = (name: string) =>
    mail.headerLines
      .find(({ key }) => key === name)
      ?.line.replace(/\r\n\s+/g, ' ')
      .slice(name.length + 2)
  return { source: source.toString('latin1'), mail, header, envelope: composed.envelope }
}

t.test('a mail says the same in both its forms, on lines that every server takes', async (t) => {
  const { mail, source, header } = await sent()
  t.match(header('content-type'), /^multipart\/alternative;/)
  t.equal(mail.subject, CONTENT.subject)
  t.equal(mail.text, CONTENT.text)
  t.equal(mail.html, CONTENT.html)
  t.match(mail.from?.value, [{ name: 'Contrechamp', address: 'forum@exemple.fr' }])
  t.ok(source.split('\r\n').every((line) => line.length <= 998))
  t.notMatch(source.replaceAll('\r\n', ''), /[\r\n]/)
  t.notMatch(source, /base64/i, 'and can be read as it is')
})

t.test('it tells programs what it is, and how to stop more of its kind', async (t) => {
  const { header } = await sent()
  t.equal(header('auto-submitted'), 'auto-generated')
  t.equal(header('precedence'), 'bulk')
  t.equal(header('list-id'), '<digest.forum.exemple.fr>')
  t.equal(header('list-unsubscribe-post'), 'List-Unsubscribe=One-Click')
  const { unsubscribe } = CONTENT
  t.equal(
    header('list-unsubscribe'),
    `<https://forum.exemple.fr/unsubscribe/${unsubscribe}>, <mailto:retours+${unsubscribe}@exemple.fr?subject=unsubscribe>`,
  )
})

t.test('what somebody has asked for this moment is of no list', async (t) => {
  const { header } = await sent({ kind: 'account' })
  for (const name of ['precedence', 'list-id', 'list-unsubscribe', 'list-unsubscribe-post']) {
    t.equal(header(name), undefined, name)
  }
  t.equal(header('auto-submitted'), 'auto-generated')
})

t.test('each comes back to an address of its own, and is the same mail each time', async (t) => {
  const [one, again, other] = [await sent(), await sent(), await sent({ id: 8 })]
  t.match(one.envelope, { from: /^retours\+7\.[0-9a-f]{24}@exemple\.fr$/, to: 'zoe@exemple.org' })
  t.same(one.envelope, again.envelope)
  t.not(String(one.envelope?.from), String(other.envelope?.from))
  t.match(one.mail.messageId, /^<[0-9a-f]+@exemple\.fr>$/)
  t.equal(one.mail.messageId, again.mail.messageId)
  t.not(one.mail.messageId, other.mail.messageId)
})

t.test('mails about one thread stand together', async (t) => {
  const [one, other] = [
    await sent({ content: { conversation: 'thread 3' } }),
    await sent({ id: 8, content: { conversation: 'thread 3' } }),
  ]
  t.ok(one.mail.inReplyTo)
  t.equal(one.mail.inReplyTo, other.mail.inReplyTo)
  t.same(one.header('references'), one.mail.inReplyTo)
})

t.test('nothing that somebody wrote becomes a header, a second reader, or a file', async (t) => {
  const subject = 'Bonjour\r\nBcc: all@exemple.org\r\n\r\n<script>\u2028Bcc: x@exemple.org\0\ud800'
  const { mail, header, source } = await sent({
    content: { subject, text: '/etc/passwd', html: 'https://exemple.fr/' },
  })
  t.match(mail.subject, /^Bonjour Bcc: all@exemple\.org <script> Bcc: x@exemple\.org /)
  t.equal(header('bcc'), undefined)
  t.notMatch(source, /^Bcc:/im)
  t.match(mail, { text: /^\/etc\/passwd\s*$/, html: /^https:\/\/exemple\.fr\/\s*$/ })
  const long = await sent({ content: { subject: 'é'.repeat(5_000) } })
  t.equal(long.mail.subject?.length, 250)
})

t.test('with a key, it is signed, along with how to stop it', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const DKIM_KEY = await dataFolder(t, 'dkim.pem')
  await writeFile(DKIM_KEY, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const { source } = await sent({ settings: { DKIM_KEY, DKIM_SELECTOR: 'mai2026' } })
  const fields = source.slice(0, source.indexOf('\r\n\r\n')).split(/\r\n(?![ \t])/)
  const dkim = fields.find((field) => field.startsWith('DKIM-Signature:')) ?? ''
  const tag = (name: string) => new RegExp(`[;:]\\s*${name}=([^;]*)`).exec(dkim)?.[1]?.replace(/\s+/g, '') ?? ''
  t.match([tag('d'), tag('s'), tag('a')], ['exemple.fr', 'mai2026', 'rsa-sha256'])
  t.match(tag('h').toLowerCase(), /list-unsubscribe:list-unsubscribe-post/)
  // RFC 6376, 3.4.2: names in small letters, white space as one space, and the signature itself without its value.
  const relaxed = (field: string) => {
    const colon = field.indexOf(':')
    return `${field.slice(0, colon).toLowerCase()}:${field
      .slice(colon + 1)
      .replace(/\s+/g, ' ')
      .trim()}`
  }
  const named = tag('h')
    .toLowerCase()
    .split(':')
    .flatMap((name) => fields.find((field) => field.toLowerCase().startsWith(`${name}:`)) ?? [])
  const unsigned = dkim.replace(/([;\s]b=)[^;]*$/, '$1')
  const said = [...named.map(relaxed), relaxed(unsigned)].join('\r\n')
  t.ok(verify('sha256', Buffer.from(said, 'latin1'), publicKey, Buffer.from(tag('b'), 'base64')))
})

t.test('a key that is none stops the start', async (t) => {
  const config = readConfig({ ...SETTINGS, DKIM_KEY: '/dev/null' })
  await t.rejects(openWriter(config), { name: 'OperatorError', message: /^DKIM_KEY \/dev\/null must be/ })
})
