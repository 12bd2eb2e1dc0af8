import { sql } from 'drizzle-orm'
import t from 'tap'
import { sendBatch } from '../../../src/forum/digests/send-due.ts'
import { startForum } from '../../support/forum.ts'
import { manyDigestReaders } from '../../support/mail.ts'
import { allSteps, explain } from '../../support/plans.ts'
import { statementsDuring } from '../../support/statements.ts'
import { threadBy } from '../../support/threads.ts'

const MEMBERS = 20_000
const DUE = 300

t.test('among very many members, those who are due are found by an index, a batch at a time', async (t) => {
  const forum = await startForum(t)
  await forum.member('Bob')
  await threadBy(forum, 'Bob', { title: 'Le pont' })
  await manyDigestReaders(forum, MEMBERS, DUE)
  await forum.database.execute(sql`analyze`)

  const statements = await statementsDuring(async () => t.equal(await sendBatch(forum, 0), true, 'there are more'))
  t.ok(statements.length <= 14, `${statements.length} statements for two hundred members`)
  const [find] = statements.filter(({ text }) => /from digest_settings[\s\S]*for update/.test(text))
  if (!find) throw new Error('Nobody was looked for')
  const client = await forum.database.$client.connect()
  t.teardown(() => client.release())
  const { plan } = await explain(client, find, 'force_generic_plan')
  for (const { kind, table, rows, removed } of allSteps(plan))
    if (table) t.ok(rows + removed <= DUE, `${kind} of ${table}: ${rows + removed} rows`)

  t.equal(await sendBatch(forum, 0), false)
  const { rows } = await forum.database.execute(sql`select distinct member_id from mails`)
  t.equal(rows.length, DUE)
})
