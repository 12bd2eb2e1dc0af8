import { sql } from 'drizzle-orm'
import t from 'tap'
import { liftEnded } from '../../../src/forum/moderation/lift-sanctions.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'

t.test('a banned member appeals once, and another moderator answers', async (t) => {
  const forum = await startForum(t)
  const imposing = await forum.member('Simone', 'moderator')
  const other = await forum.member('Bavarde', 'moderator')
  await forum.member('Philippine')
  const banned = forum.passerBy()
  t.equal((await banned.get('/appeal')).status, 303, 'to the login')
  await imposing.post('/members/Philippine/ban', { reason: 'Trois avertissements.', days: '' })
  t.equal((await banned.post('/login', { username: 'Philippine', password: 'autre chose' })).status, 422)
  t.equal((await banned.get('/appeal')).status, 303)
  const login = await banned.post('/login', { username: 'Philippine', password: PASSWORD })
  t.equal(login.status, 403)
  t.ok(login.document.querySelector('a[href="/appeal"]'))
  const form = await banned.get('/appeal')
  t.match(form.body, 'Trois avertissements.')
  t.equal((await banned.submit(form, '#appeal', { body: ' ' })).status, 422)
  const both = await Promise.all([1, 2].map(() => banned.submit(form, '#appeal', { body: 'Il n’y en a eu que deux.' })))
  t.same(both.map(({ status }) => status).sort(), [303, 409])
  t.match((await banned.get('/appeal')).body, 'attend une réponse')
  t.equal((await banned.get('/notifications')).status, 303, 'nothing else is open to them')

  const path = (await other.get('/moderation')).document.querySelector('.cases a')?.getAttribute('href') ?? ''
  const shown = await other.get(path)
  t.match(shown.body, 'Il n’y en a eu que deux.')
  t.match(shown.text('.against'), /Compte fermé, .*sans limite, par Simone.*Trois avertissements\./)
  t.ok(shown.document.querySelector('#decide button[value="approve"]'))
  const own = await imposing.get(path)
  t.match(own.text('#decide .notice'), 'quelqu’un d’autre y répond')
  t.equal(own.document.querySelector('#decide button'), null, 'nobody is offered what they may not do')
  t.equal((await imposing.post(path, { decision: 'dismiss', statement: 'Non.' })).status, 403)
  t.equal((await other.post(path, { decision: 'approve' })).status, 422, 'without reasons')
  t.equal((await other.post(path, { decision: 'approve', statement: 'C’est exact.' })).status, 303)
  t.match((await banned.get('/appeal')).body, 'C’est exact.')
  t.equal((await banned.post('/login', { username: 'Philippine', password: PASSWORD })).status, 303)
  t.match((await banned.get('/notifications')).body, 'recours')
})

t.test('where there is nobody else, an admin answers an appeal against their own act', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Hannah', 'admin')
  await forum.member('Philippine')
  await admin.post('/members/Philippine/ban', { reason: 'Assez.', days: '' })
  const banned = forum.passerBy()
  await banned.post('/login', { username: 'Philippine', password: PASSWORD })
  await banned.post('/appeal', { body: 'Pardon.' })
  const path = (await admin.get('/moderation')).document.querySelector('.cases a')?.getAttribute('href') ?? ''
  t.equal((await admin.post(path, { decision: 'dismiss', statement: 'Toujours non.' })).status, 303)
  t.match((await banned.get('/appeal')).body, 'Toujours non.')
  t.equal((await banned.post('/appeal', { body: 'Encore.' })).status, 409)
})

t.test('an appeal follows what it is against, and lifts nothing else', async (t) => {
  const forum = await startForum(t)
  const imposing = await forum.member('Simone', 'moderator')
  const other = await forum.member('Bavarde', 'moderator')
  const silenced = await forum.member('Philippine')
  const openCase = async () => (await other.get('/moderation')).document.querySelector('.cases a')?.getAttribute('href')
  const silence = (reason: string) => imposing.post('/members/Philippine/silence', { reason, days: '3' })

  await silence('Trop long.')
  await silenced.post('/appeal', { body: 'Je parle peu.' })
  await silence('Beaucoup trop long.')
  const now = await silenced.get('/appeal')
  t.match(now.body, 'Beaucoup trop long.')
  t.match(now.body, 'attend une réponse')
  t.equal((await silenced.post('/appeal', { body: 'Encore.' })).status, 409)
  t.equal((await imposing.post((await openCase()) ?? '', { decision: 'dismiss', statement: 'Non.' })).status, 403)

  await other.post('/members/Philippine/lift', { reason: 'Elle a raison.' })
  t.equal(await openCase(), undefined, 'what is lifted needs no answer')
  t.match((await silenced.get('/appeal')).text('.notice'), 'accepté')
  t.match((await silenced.get('/appeal')).body, 'Elle a raison.')

  await silence('Une fois de plus.')
  await silenced.post('/appeal', { body: 'Deux mots.' })
  await forum.database.execute(sql`update sanctions set until = now() where lifted_at is null`)
  await liftEnded(forum)
  await imposing.post('/members/Philippine/ban', { reason: 'Menaces.', days: '' })
  const late = (await openCase()) ?? ''
  t.equal((await other.post(late, { decision: 'approve', statement: 'Deux mots en effet.' })).status, 303)
  t.match((await silenced.post('/login', { username: 'Philippine', password: PASSWORD })).body, 'Menaces.')
})
