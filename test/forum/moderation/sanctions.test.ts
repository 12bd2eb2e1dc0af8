import { sql } from 'drizzle-orm'
import t from 'tap'
import { liftEnded } from '../../../src/forum/moderation/lift-sanctions.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { ban } from '../../support/sanctions.ts'
import { threadBy } from '../../support/threads.ts'

t.test('sanctions', async (t) => {
  const forum = await startForum(t)
  const mira = await forum.member('Mira', 'moderator')
  const ada = await forum.member('Ada', 'admin')
  const log = async (query = '') => (await mira.get(`/moderation/log${query}`)).texts('.log li')
  const endNow = () => forum.database.execute(sql`update sanctions set until = now() where until is not null`)

  t.test('a warning is told with its reason, and must have one', async (t) => {
    const zoe = await forum.member('Zoé')
    const page = await mira.get('/members/Zo%C3%A9')
    const refused = await mira.submit(page, '.moderate form', { reason: ' ' })
    t.equal(refused.status, 422)
    t.ok(refused.text('#reason-problem'))
    t.equal((await mira.submit(page, '.moderate form', { reason: 'Restez courtois.' })).status, 303)
    const told = await zoe.get('/notifications')
    t.match(told.text('.notifications'), /avertissement.*Restez courtois\./)
    t.match(await log('?member=zoe'), [/Avertissement.*Zoé.*Mira.*Restez courtois\./])
    await mira.post('/members/Zo%C3%A9/warn', { reason: 'Restez courtois.' })
    t.equal((await log('?member=zoe&kind=warn')).length, 1, 'a second click is none')
  })

  t.test('who is silenced reads and looks after themself, and writes nothing', async (t) => {
    const karim = await forum.member('Karim')
    const { thread, id } = await threadBy(forum, 'Karim')
    await mira.post('/members/Karim/silence', { reason: 'Trois jours de repos', days: '3' })
    const shown = await karim.get(`/threads/${thread.id}/${thread.slug}`)
    t.match(shown.text('#reply'), 'La modération a retiré la parole', 'where one would reply it is said why not')
    for (const visit of [shown, await karim.get('/threads/new'), await karim.get('/notifications')]) {
      t.ok(visit.document.querySelector('main a[href="/appeal"]'), 'with the way to contest it')
    }
    t.equal((await karim.post(`/threads/${thread.id}/replies`, { body: 'Et pourtant' })).status, 403)
    t.equal((await karim.post('/threads', { title: 'Encore', body: 'Et', boards: 'nice' })).status, 403)
    t.equal((await karim.post(`/posts/${id}/edit`, { body: 'Autre chose' })).status, 403)
    t.equal((await karim.post('/settings', { biography: 'Je me repose' })).status, 303)
    t.match((await karim.get('/notifications')).text('.notifications'), /parole.*Trois jours de repos/)
    t.match((await mira.get('/members/Karim')).text('.sanctions'), /Parole retirée.*jusqu’au/)
    await mira.post('/members/Karim/lift')
    t.match((await karim.get('/appeal')).text('main'), 'aucune décision à contester')
    t.equal((await karim.post(`/threads/${thread.id}/replies`, { body: 'Merci' })).status, 303)
    t.match((await karim.get('/notifications')).text('.notifications'), /levée/)
  })

  t.test('a silence ends by itself', async (t) => {
    const lea = await forum.member('Léa')
    const { thread } = await threadBy(forum, 'Léa')
    await mira.post('/members/L%C3%A9a/silence', { reason: 'Une heure', days: '1' })
    await endNow()
    await liftEnded(forum)
    t.equal((await lea.post(`/threads/${thread.id}/replies`, { body: 'Me revoilà' })).status, 303)
    t.match(await log('?member=L%C3%A9a&kind=lift'), [/Sanction levée.*forum lui-même/])
  })

  t.test('who is banned is out, and is told why after the right password only', async (t) => {
    const noe = await forum.member('Noé')
    await mira.post('/members/No%C3%A9/ban', { reason: 'Menaces répétées', days: '30' })
    t.equal((await noe.get('/notifications')).status, 303, 'the session has ended')
    const login = (password: string) => forum.passerBy().post('/login', { username: 'Noé', password })
    const told = await login(PASSWORD)
    t.equal(told.status, 403)
    t.match(told.text('main'), /jusqu’au.*Menaces répétées/)
    const wrong = await login('pas le bon mot de passe')
    t.equal(wrong.status, 422)
    t.notMatch(wrong.body, /Menaces/)
    await endNow()
    t.equal((await login(PASSWORD)).status, 303, 'and comes back by being asked, once it has ended')
  })

  t.test('nobody sanctions an admin, nor a moderator but an admin, nor themself', async (t) => {
    await forum.member('Otto', 'moderator')
    for (const verb of ['warn', 'silence', 'ban', 'lift']) {
      t.equal((await mira.post(`/members/Ada/${verb}`, { reason: 'Non' })).status, 403, verb)
      t.equal((await mira.post(`/members/Otto/${verb}`, { reason: 'Non' })).status, 403, verb)
      t.equal((await mira.post(`/members/Mira/${verb}`, { reason: 'Non' })).status, 403, verb)
      t.equal((await forum.passerBy().post(`/members/Otto/${verb}`, { reason: 'Non' })).status, 401, verb)
      t.equal((await ada.post(`/members/Personne/${verb}`, { reason: 'Non' })).status, 404, verb)
    }
    t.equal((await ada.post('/members/Otto/silence', { reason: 'Oui', days: '1' })).status, 303)
    await t.rejects(ban(forum, 'Ada'), /not_admins/)
    t.equal((await mira.post('/members/Ada/ban', { reason: 'Non', days: '0' })).status, 422)
  })

  t.test('of two at once, one holds', async (t) => {
    await forum.member('Pia')
    await Promise.all([
      mira.post('/members/Pia/silence', { reason: 'Un', days: '1' }),
      ada.post('/members/Pia/silence', { reason: 'Deux', days: '2' }),
      mira.post('/members/Pia/ban', { reason: 'Trois' }),
      ada.post('/members/Pia/lift'),
    ])
    const { rows } = await forum.database.execute(sql`
      select kind, count(*)::int as count from sanctions
      where lifted_at is null and kind <> 'warn' and member_id = (select id from members where username = 'Pia')
      group by kind`)
    t.ok(rows.every(({ count }) => count === 1))
  })
})

t.test('every act on a thread and a post stands in the log, with its reason told', async (t) => {
  const forum = await startForum(t)
  const mira = await forum.member('Mira', 'moderator')
  const zoe = await forum.member('Zoé')
  const { thread, id } = await threadBy(forum, 'Zoé', { boards: ['nice'] })
  for (const [verb, fields] of [
    ['lock', {}],
    ['unlock', {}],
    ['move', { boards: 'metz' }],
    ['remove', {}],
    ['restore', {}],
  ] as const) {
    const path = `/threads/${thread.id}/${verb}`
    t.equal((await mira.post(path, { ...fields, reason: `Parce que ${verb}` })).status, 303, verb)
    await mira.post(path, { ...fields, reason: `Parce que ${verb}` })
  }
  t.equal((await mira.post(`/posts/${id}/hide`, { reason: 'Parce que hide' })).status, 303)
  t.equal((await zoe.post(`/posts/${id}/show`)).status, 403)
  t.equal((await mira.post(`/posts/${id}/show`, { reason: 'Parce que show' })).status, 303)
  const page = await mira.get(`/moderation/log?thread=${thread.id}`)
  t.same(
    [...page.document.querySelectorAll('.log [data-act]')].map((line) => line.getAttribute('data-act')),
    ['show', 'hide', 'restore', 'remove', 'move', 'unlock', 'lock'],
    'once each',
  )
  t.match(page.text('[data-act="move"]'), /Espaces\u202f: Nice →.*Metz/)
  t.match(page.text('[data-act="hide"]'), /Zoé.*Mira.*Parce que hide/)
  const told = (await zoe.get('/notifications')).text('main')
  for (const verb of ['lock', 'unlock', 'move', 'restore', 'show']) t.match(told, `Parce que ${verb}`)
  t.equal((await zoe.get('/moderation/log')).status, 403)
  const transparency = await forum.passerBy().get('/transparency')
  t.match(transparency.text('table'), /Sujet fermé ?1/)
  t.notMatch(transparency.body, /Mira|Zoé/)
})
