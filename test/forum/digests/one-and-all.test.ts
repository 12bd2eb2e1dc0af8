import { sql } from 'drizzle-orm'
import t from 'tap'
import { sendDueDigests } from '../../../src/forum/digests/send-due.ts'
import { startForum } from '../../support/forum.ts'
import { digestReader, send, sendDigests } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'
import { allSteps, explain } from '../../support/plans.ts'
import { statementsDuring } from '../../support/statements.ts'
import { idOf, threadBy } from '../../support/threads.ts'

t.test('one member and the digests of all', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000' })
  const { database } = forum
  const names = ['zoe', 'ada', 'eve']
  for (const name of names) {
    const { person } = await digestReader(forum, name)
    await person.post('/boards/nice/subscription', { level: 'following' })
  }
  await forum.member('Bob')
  const count = (name: string) => server.to(`${name}@example.org`).length

  await t.test('a time zone that this runtime does not know costs nobody theirs', async (t) => {
    await database.execute(sql`
      update digest_settings set time_zone = 'Europe/Kyjiv' where member_id = ${await idOf(forum, 'zoe')}`)
    await threadBy(forum, 'Bob', { boards: ['nice'] })
    await sendDigests(forum)
    t.same(names.map(count), [1, 1, 1])
    const { rows } = await database.execute(sql`select from digest_settings where next_at > now()`)
    t.equal(rows.length, 3, 'and all have a next one')
    const page = await forum.passerBy().post('/login', { username: 'zoe', password: 'quatre mots sans rapport' })
    t.equal(page.status, 303)
  })

  await t.test('whatever else is wrong with one waits, and the others have theirs', async (t) => {
    await database.execute(sql`
      update digest_settings set covered_until = '-infinity' where member_id = ${await idOf(forum, 'zoe')}`)
    await threadBy(forum, 'Bob', { boards: ['nice'] })
    await sendDigests(forum)
    t.same(names.map(count), [1, 2, 2])
    const { rows } = await database.execute(sql`select from digest_settings where next_at > now()`)
    t.equal(rows.length, 3)
    t.notMatch(forum.logged.join('\n'), /zoe|example\.org/)
    await database.execute(sql`update digest_settings set covered_until = now() - interval '1 day'`)
    await sendDigests(forum)
    t.equal(count('zoe'), 2, 'once it is mended, all that was missed')
  })

  await t.test('what a digest that could not be written would have told is in the next one', async (t) => {
    const before = names.map(count)
    await threadBy(forum, 'Bob', { title: 'À ne pas perdre', boards: ['nice'] })
    await database.execute(sql`update digest_settings set next_at = now()`)
    const fails = () => () => {
      throw new Error('A digest that cannot be written')
    }
    await sendDueDigests({ ...forum, mails: { ...forum.mails, digests: fails } }, 0)
    await sendDigests(forum)
    t.same(
      names.map(count),
      before.map((number) => number + 1),
    )
    t.match(server.to('zoe@example.org').at(-1)?.mail.text, /À ne pas perdre/)
  })

  await t.test('somebody who was told nothing for months does not have all of these months read', async (t) => {
    const author = await idOf(forum, 'Bob')
    await database.execute(sql`
      with made as (
        insert into threads (title, slug, author_id, last_author_id, language, board_ids, heat, created_at, last_post_at)
        select 'Sujet ' || n, 'sujet', ${author}, ${author}, 'fr', array[boards.id], n, moment, moment
        from boards, generate_series(1, 2000) as n, lateral (select now() - n * interval '1 hour' as moment) as moments
        where boards.slug = 'nice' returning id, board_ids, created_at
      ), written as (
        insert into posts (thread_id, number, author_id, body, body_html, html_version, excerpt, language, created_at)
        select id, 1, ${author}, 'a', 'a', 1, 'a', 'fr', created_at from made
      )
      insert into thread_boards (board_id, thread_id, active_at) select board_ids[1], id, created_at from made`)
    await database.execute(sql`analyze`)
    await database.execute(sql`
      update digest_settings set next_at = now(), covered_until = now() - interval '8 months'
      where member_id = ${await idOf(forum, 'zoe')}`)
    const statements = await statementsDuring(() => sendDueDigests(forum, 0))
    const client = await database.$client.connect()
    t.teardown(() => client.release(true))
    const asked = statements.filter(
      ({ text }) => /cross join lateral/.test(text) && /active_at > followed.since/.test(text),
    )
    t.equal(asked.length, 1)
    for (const statement of asked) {
      const { plan } = await explain(client, statement, 'force_custom_plan')
      const rows = allSteps(plan).map(({ table, rows }) => (table === 'thread_boards' ? rows : 0))
      t.ok(Math.max(...rows) <= 14 * 24 + 10, `${Math.max(...rows)} threads of a board are read`)
    }
    await send(forum)
    const text = server.to('zoe@example.org').at(-1)?.mail.text ?? ''
    t.match(text, 'Et 3', 'and how many others there are is said')
  })
})
