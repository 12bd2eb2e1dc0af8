import t from 'tap'
import { DeliveryProblem } from '../../../src/platform/mail/delivery-problem.ts'
import type { Transport } from '../../../src/platform/mail/transport.ts'
import { startForum } from '../../support/forum.ts'
import { correspondents, digestTo, fates, laterOn, queue, send } from '../../support/mail.ts'
import { startQuickMailServer } from '../../support/quick-mail-server.ts'

const COUNT = 200
const LONG = '<p>Un long digest.</p>'.repeat(2_000)

for (const connections of ['1', '4']) {
  t.test(`mails that are refused once all of them was sent, over ${connections} connections`, async (t) => {
    const server = await startQuickMailServer(t)
    const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '10000', MAIL_CONNECTIONS: connections })
    const [member = 0] = await correspondents(forum, 'toutes')
    const mails = Array.from({ length: COUNT }, (_, index) =>
      digestTo(member, { address: `lectrice${index}@example.org`, html: LONG }),
    )
    const states = async () => {
      const counted = Map.groupBy(await fates(forum), ({ state, tries, forgotten }) => `${state} ${tries} ${forgotten}`)
      return [...counted].map(([fate, same]) => `${same.length} ${fate}`)
    }

    await server.answer('452 4.3.1 No room')
    await queue(forum, ...mails)
    await send(forum)
    t.same(await states(), [`${COUNT} queued 1 false`], 'for now: none of them counts as sent')
    await server.answer('250 Taken')
    await laterOn(forum)
    await send(forum)
    t.same(await states(), [`${COUNT} sent 1 true`])
    const taken = await server.taken()
    t.same([taken.length, new Set(taken).size], [COUNT, COUNT], 'and each arrives, once')

    await server.answer('554 5.3.0 Not this')
    await forum.database.execute('delete from mails')
    await queue(forum, ...mails)
    await send(forum)
    t.same(await states(), [`${COUNT} failed 0 false`], 'for good: each is written down as failed')
  })
}

t.test('that all of a mail has left is no news once the server has refused it', async (t) => {
  const forum = await startForum(t)
  const [member = 0] = await correspondents(forum, 'tard')
  await queue(forum, digestTo(member))
  const told: Promise<void>[] = []
  const transport: Transport = {
    async deliver({ onLeft }) {
      told.push(new Promise((done) => setImmediate(() => done(onLeft()))))
      throw new DeliveryProblem({ command: 'DATA', responseCode: 452 })
    },
    handed: { taken: 0, refused: 0, delayed: 0 },
    close() {},
  }
  await send({ ...forum, transport })
  await Promise.all(told)
  t.match(await fates(forum), [{ state: 'queued', tries: 1, forgotten: false }])
})
