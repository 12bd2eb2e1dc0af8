import { sql } from 'drizzle-orm'
import t from 'tap'
import { returnedMail } from '../../../src/forum/digests/returned-mail.ts'
import { unsubscribeToken } from '../../../src/forum/members/unsubscribe-token.ts'
import { tagged } from '../../../src/platform/mail/addresses.ts'
import { startForum } from '../../support/forum.ts'
import { digestReader } from '../../support/mail.ts'
import { until } from '../../support/until.ts'

t.test('a link that stops the mails of somebody who has left', async (t) => {
  const forum = await startForum(t)
  const { id } = await digestReader(forum, 'zoe')
  await forum.database.execute(sql`delete from members where id = ${id}`)
  for (const kind of ['digest', 'notification'] as const) {
    const token = unsubscribeToken(forum, { member: id, kind })
    const reader = forum.passerBy()
    t.equal((await reader.get(`/unsubscribe/${token}`)).status, 200, 'asks')
    for (const sent of [{ 'List-Unsubscribe': 'One-Click' }, { undo: 'daily' }]) {
      const answer = await reader.post(`/unsubscribe/${token}`, sent)
      t.equal(answer.status, 404)
      t.match(answer.text('main'), 'Ce compte n’existe plus')
    }
    await returnedMail(forum).take(Buffer.from(''), [tagged(forum.config.bounceAddress, token)])
  }
})

t.test('a member whose visit could not be written down is seen with the next one', async (t) => {
  const forum = await startForum(t)
  const { id, person } = await digestReader(forum, 'zoe')
  await forum.database.execute(sql`update digest_settings set seen_on = current_date - 3`)
  await forum.database.execute(sql`alter table digest_settings rename to away`)
  await person.get('/cities')
  await until(async () => {
    await forum.database.execute(sql`select`)
    return forum.logged.some((line) => line.includes('not remembered'))
  })
  await forum.database.execute(sql`alter table away rename to digest_settings`)
  await person.get('/cities')
  await until(async () => {
    const { rows } = await forum.database.execute(sql`
      select from digest_settings where member_id = ${id} and seen_on = current_date`)
    return rows.length === 1
  })
})
