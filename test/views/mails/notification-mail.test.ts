import t from 'tap'
import { notificationMail } from '../../../views/mails/notification-mail.ts'

const LINE = {
  ids: [1],
  kind: 'reply' as const,
  thread: { id: 3, slug: 'sujet', title: 'Quai du Port', language: 'fr' },
  number: 2,
  board: null,
  technology: null,
  at: new Date('2026-11-01T10:00:00Z'),
  author: 'Bob',
  excerpt: '',
  excerptLanguage: 'fr',
  gone: false,
}
const MAIL = { language: 'fr' as const, origin: 'https://forum.exemple.fr', unsubscribe: 'notification-1.0' }
const told = (count: number) => notificationMail('', { ...MAIL, lines: [{ ...LINE, count }] }).text

t.test('a mail says how many replies there are, and of more than are counted that there are more', async (t) => {
  t.match(told(1), /\nBob a répondu/)
  t.match(told(100), /\n100 réponses\n/)
  t.match(told(101), /\nplus de 100 réponses\n/i)
})
