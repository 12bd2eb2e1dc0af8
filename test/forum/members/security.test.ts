import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import t from 'tap'
import { members, sessions } from '../../../src/schema/members.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'

const NEW_PASSWORD = 'cinq autres mots bien choisis'

t.test('looking after an account', async (t) => {
  const forum = await startForum(t)

  t.test('changing the password ends every other session', async (t) => {
    const here = await forum.member('Lucie')
    const elsewhere = forum.passerBy()
    await elsewhere.post('/login', { username: 'Lucie', password: PASSWORD })
    const page = await here.get('/settings/security')
    t.equal(page.document.querySelector('[autocomplete=username]')?.getAttribute('type'), 'text')
    const former = here.cookie('session') ?? ''
    const sent = await here.submit(page, 'form.sheet', { current_password: PASSWORD, new_password: NEW_PASSWORD })
    t.equal(sent.status, 303)
    t.match((await here.get(sent.location ?? '')).text('.notice'), /enregistré/)
    t.equal((await here.get('/')).text('.account bdi'), 'Lucie')
    t.match((await here.get('/settings/security')).text('main section'), /Dernier changement/)
    const thief = forum.passerBy()
    thief.setCookie('session', former)
    t.equal((await thief.get('/')).text('.account bdi'), '', 'the session that asked is another now')
    t.equal((await elsewhere.get('/')).text('.account bdi'), '')
    t.equal((await forum.passerBy().post('/login', { username: 'Lucie', password: PASSWORD })).status, 422)
    t.equal((await forum.passerBy().post('/login', { username: 'Lucie', password: NEW_PASSWORD })).status, 303)
  })

  t.test('needs the current one, and a new one that is worth something', async (t) => {
    const marc = await forum.member('Marc')
    const page = await marc.get('/settings/security')
    const wrong = await marc.submit(page, 'form.sheet', {
      current_password: 'pas celui-là',
      new_password: NEW_PASSWORD,
    })
    t.equal(wrong.status, 422)
    t.match(wrong.text('#current_password-problem'), /actuel/)
    const weak = await marc.submit(page, 'form.sheet', { current_password: PASSWORD, new_password: 'motdepasse1234' })
    t.match(weak.text('#new_password-problem'), /courant/)
    const short = await marc.submit(page, 'form.sheet', { current_password: PASSWORD, new_password: 'court' })
    t.match(short.text('#new_password-problem'), /au moins 10/)
    const missing = await marc.post('/settings/security', { action: 'change-password', new_password: NEW_PASSWORD })
    t.equal(missing.status, 422)
    const none = await marc.post('/settings/security', { action: 'change-password', current_password: PASSWORD })
    t.equal(none.status, 422)
  })

  t.test('open sessions are listed by device, and each can be ended', async (t) => {
    const here = await forum.member('Ines')
    const phone = forum.passerBy()
    const agent = 'Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'
    await phone.post('/login', { username: 'Ines', password: PASSWORD }, { 'user-agent': agent })
    const page = await here.get('/settings/security')
    t.match(page.texts('.lines li').join(), /Firefox, Android/)
    t.equal(page.texts('.lines strong').join(), 'Cette session')
    const session = page.document.querySelector('.lines button')?.getAttribute('value') ?? ''
    const refused = await here.post('/settings/security', { session, password: 'pas celui-là' })
    t.equal(refused.status, 422)
    t.match(refused.text('#password-problem'), /actuel/)
    t.equal((await phone.get('/')).text('.account bdi'), 'Ines', 'an open window alone ends none')
    await here.post('/settings/security', { session, password: PASSWORD })
    t.equal((await phone.get('/')).text('.account bdi'), '')
    t.equal((await here.get('/')).text('.account bdi'), 'Ines')
  })

  t.test('all others at once', async (t) => {
    const here = await forum.member('Olga')
    const others = [forum.passerBy(), forum.passerBy()]
    for (const other of others) await other.post('/login', { username: 'Olga', password: PASSWORD })
    const refused = await here.post('/settings/security', { action: 'end-other-sessions' })
    t.equal(refused.status, 422)
    for (const other of others) t.equal((await other.get('/')).text('.account bdi'), 'Olga', 'not without the password')
    await here.post('/settings/security', { action: 'end-other-sessions', password: PASSWORD })
    for (const other of others) t.equal((await other.get('/')).text('.account bdi'), '')
    t.equal((await here.get('/')).text('.account bdi'), 'Olga')
  })

  t.test('nobody ends the session of another', async (t) => {
    const victim = await forum.member('Victime')
    const page = await forum.passerBy().post('/login', { username: 'Victime', password: PASSWORD })
    t.equal(page.status, 303)
    const hash = (await victim.get('/settings/security')).document
      .querySelector('[name=session]')
      ?.getAttribute('value')
    const other = await forum.member('Autre')
    await other.post('/settings/security', { action: 'end-session', session: hash ?? '', password: PASSWORD })
    t.equal((await victim.get('/settings/security')).texts('.lines li').length, 2)
  })

  t.test('is not for people without an account', async (t) => {
    const visit = await forum.passerBy().get('/settings/security')
    t.equal(visit.status, 303)
    t.equal(visit.location, '/login?next=%2Fsettings%2Fsecurity')
  })

  t.test('has a hundred sessions at the most: the oldest end first', async (t) => {
    const first = await forum.member('Partout')
    const [member] = await forum.database.select().from(members).where(eq(members.username, 'Partout'))
    const memberId = member?.id ?? 0
    const rows = Array.from({ length: 150 }, (_, minute) => ({
      idHash: randomBytes(32),
      memberId,
      device: '',
      createdAt: new Date(Date.now() - 86_400_000 + minute * 60_000),
      expiresAt: new Date(Date.now() + 86_400_000),
    }))
    await forum.database.insert(sessions).values(rows)
    const last = forum.passerBy()
    t.equal((await last.post('/login', { username: 'Partout', password: PASSWORD })).status, 303)
    t.equal(await forum.database.$count(sessions, eq(sessions.memberId, memberId)), 100)
    t.equal((await last.get('/')).text('.account bdi'), 'Partout')
    t.equal((await first.get('/')).text('.account bdi'), 'Partout', 'it is newer than those that ended')
  })
})
