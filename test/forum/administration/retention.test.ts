import { sql } from 'drizzle-orm'
import t from 'tap'
import { keepRetention } from '../../../src/forum/administration/keep-retention.ts'
import { daysBefore, RETENTION } from '../../../src/forum/retention.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import { command } from '../../support/served.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const HOUR = 1 / 24
const now = new Date()
const ago = (days: number): string => daysBefore(now, days).toISOString()

/** What is kept for so many days: how a row of that age is made, and how it is seen. */
const KEPT: Record<
  string,
  [days: number, make: (at: string, member: number, thread: number) => string, table: string]
> = {
  mailDays: [
    RETENTION.mailDays,
    (at, member) =>
      `insert into mails (member_id, kind, urgent, state, created_at) values (${member}, 'account', false, 'sent', '${at}')`,
    'mails',
  ],
  notificationDays: [
    RETENTION.notificationDays,
    (at, member, thread) =>
      `insert into notifications (member_id, kind, thread_id, number, created_at) values (${member}, 'reply', ${thread}, 1, '${at}')`,
    'notifications',
  ],
  'notificationDays, of the account': [
    RETENTION.notificationDays,
    (at, member) =>
      `insert into account_notifications (member_id, occasion, path, created_at) values (${member}, 'factor_on', '/', '${at}')`,
    'account_notifications',
  ],
  deliveryDays: [
    RETENTION.deliveryDays,
    (at, member, thread) => `with webhook as (
        insert into webhooks (member_id, url, secret, events) values (${member}, 'https://x.example', '', '{post.created}') returning id
      ) insert into webhook_deliveries (webhook_id, type, thread_id, number, happened_at, state)
        select id, 'post.created', ${thread}, 1, '${at}', 'sent' from webhook`,
    'webhook_deliveries',
  ],
  idempotencyKeyHours: [
    RETENTION.idempotencyKeyHours * HOUR,
    (at, member) =>
      `insert into idempotency_keys (member_id, key_hash, request_hash, created_at) values (${member}, '\\x01', '', '${at}')`,
    'idempotency_keys',
  ],
  exportDays: [
    RETENTION.exportDays,
    (at, member) => `insert into data_exports (member_id, state, asked_at) values (${member}, 'ready', '${at}')`,
    'data_exports',
  ],
  'confirmLinkHours, from when it was sent': [
    RETENTION.confirmLinkHours * HOUR,
    (at, member) => `insert into email_tokens (token_hash, member_id, purpose, expires_at)
      values ('\\x02', ${member}, 'confirm', '${at}'::timestamptz + interval '${RETENTION.confirmLinkHours} hours')`,
    'email_tokens',
  ],
  'idleSessionDays, from its last use': [
    RETENTION.idleSessionDays,
    (at, member) => `insert into sessions (id_hash, member_id, device, expires_at)
      values ('\\x03', ${member}, '', '${at}'::timestamptz + interval '${RETENTION.idleSessionDays} days')`,
    `sessions where id_hash = '\\x03'`,
  ],
  attemptHours: [
    RETENTION.attemptHours * HOUR,
    (at) => `insert into attempts (key, count, ends_at)
      values ('\\x04', 1, '${at}'::timestamptz + interval '${RETENTION.attemptHours} hours')`,
    `attempts where key = '\\x04'`,
  ],
  'noticeMonths, after the decision': [
    31 * RETENTION.noticeMonths,
    (at) => `with decided as (
        insert into cases (kind, opened_at, closed_at, decision) values ('flagged', '${at}', '${at}', 'dismiss') returning id
      ) insert into notices (code_hash, case_id, url, reason, explanation, language)
        select '\\x05', id, '/', 'spam', '', 'fr' from decided`,
    'notices',
  ],
}

async function countOf({ database }: TestForum, table: string): Promise<number> {
  const { rows } = await database.execute<{ count: number }>(sql.raw(`select count(*)::int as count from ${table}`))
  return rows[0]?.count ?? 0
}

t.test('what is kept is kept for as long as the figures say, and no longer', async (t) => {
  const forum = await startForum(t)
  await forum.member('Alma')
  const member = await idOf(forum, 'Alma')
  const { thread } = await threadBy(forum, 'Alma')
  for (const [name, [days, make, table]] of Object.entries(KEPT)) {
    t.test(name, async (t) => {
      // Half an hour, and for months of different lengths some days.
      const margin = days > 100 ? 6 : HOUR / 2
      await forum.database.execute(sql.raw(make(ago(days - margin), member, thread.id)))
      await keepRetention(forum, now)
      t.equal(await countOf(forum, table), 1, 'not before')
      await keepRetention(forum, daysBefore(now, -2 * margin))
      t.equal(await countOf(forum, table), 0, 'then')
    })
  }
})

t.test('the page on privacy says these figures, in both languages', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  for (const language of ['fr', 'en']) {
    reader.language = language
    const page = await reader.get('/privacy')
    t.equal(page.status, 200)
    const said = page.texts('td').join(' ')
    for (const [name, figure] of Object.entries(RETENTION)) {
      if (name !== 'rescueLinkHours') t.match(said, new RegExp(`\\b${figure}\\s`), name)
    }
  }
  t.ok((await reader.get('/')).document.querySelector('footer a[href="/privacy"]'))
})

t.test('the command runs it as of a day', async (t) => {
  const forum = await startForum(t)
  const alma = await forum.member('Alma')
  await alma.post('/settings/data/leave', { password: 'quatre mots sans rapport', posts: 'keep' })
  const settings = { DATABASE_URL: forum.config.databaseUrl ?? '', DATA_DIR: forum.config.dataDir }
  const day = (days: number) => daysBefore(new Date(), -days).toISOString().slice(0, 10)
  const erased = `members where erased_at is not null`
  t.equal((await command(['retention', '--on', day(RETENTION.formerMemberDays - 1)], settings)).code, 0)
  t.equal(await countOf(forum, erased), 0)
  t.equal((await command(['retention', '--on', day(RETENTION.formerMemberDays)], settings)).code, 0)
  t.equal(await countOf(forum, erased), 1)
  for (const words of [['--on', '2027-02-30'], ['--on', 'demain'], ['--yesterday']]) {
    const { code, complaints } = await command(['retention', ...words], settings)
    t.equal(code, 1)
    t.match(complaints, /Use: retention/)
  }
})
