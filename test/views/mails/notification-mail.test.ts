import t from 'tap'
import { notificationMail } from '../../../views/mails/notification-mail.ts'
import { LETTERHEAD } from '../../support/digest-sample.ts'

const LINE = {
  ids: [1],
  kind: 'reply' as const,
  thread: { id: 3, slug: 'sujet', title: 'Quai du Port', language: 'fr', boardIds: [1] },
  number: 2,
  board: null,
  technology: null,
  at: new Date('2026-11-01T10:00:00Z'),
  author: 'Bob',
  excerpt: '',
  excerptLanguage: 'fr',
  gone: false,
}
const MAIL = {
  language: 'fr' as const,
  origin: 'https://forum.exemple.fr',
  unsubscribe: 'notification-1.0',
  stopThread: 'thread-1-3.0',
  timeZone: 'Europe/Paris',
  boardOf: () => ({ name: { fr: 'Nice' } }),
}

const told = (count: number) => notificationMail(LETTERHEAD, { ...MAIL, lines: [{ ...LINE, count }] }).text

t.test('a mail says how many replies there are, and of more than are counted that there are more', async (t) => {
  t.match(told(1), /\nBob a répondu/)
  t.match(told(100), /\n100 réponses · /)
  t.match(told(101), /\nplus de 100 réponses · /i)
})

t.test('it says where and when, how to answer and how to hear no more of that thread', async (t) => {
  const lines = [{ ...LINE, count: 1 }]
  const { text, html } = notificationMail({ ...LETTERHEAD, signal: '#00457c' }, { ...MAIL, lines })
  t.match(text, /^Quai du Port\nNice\n\nBob a répondu · 1er nov\. 2026, 11:00\n/)
  t.match(text, /Ignorer ce sujet\u202f:\nhttps:\/\/forum\.exemple\.fr\/unsubscribe\/thread-1-3\.0/)
  t.match(html, 'href="https://forum.exemple.fr/threads/3/sujet?reply_to=2#reply"')
  t.match(html, 'href="https://forum.exemple.fr/unsubscribe/thread-1-3.0"')
  t.match(html, 'bgcolor="#00457c"', 'its button has the colour that admins gave the forum')
})
