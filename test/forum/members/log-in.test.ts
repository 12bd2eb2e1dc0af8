import { eq, sql } from 'drizzle-orm'
import t from 'tap'
import { memberEvent } from '../../../src/forum/events.ts'
import { forgetSessions } from '../../../src/forum/members/forget.ts'
import { sessionHash } from '../../../src/forum/members/sessions/adapter.ts'
import { members, sessions } from '../../../src/schema/members.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { idOf } from '../../support/threads.ts'

t.test('coming in', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')

  t.test('with any spelling of the name that looks the same', async (t) => {
    for (const username of ['Zoé', 'zoe', 'ZOÉ', 'Z.O.E']) {
      const person = forum.passerBy()
      const sent = await person.post('/login', { username, password: PASSWORD, next: '/technologies' })
      t.equal(sent.status, 303, username)
      t.equal(sent.location, '/technologies')
    }
  })

  t.test('says the same of a wrong password and of a name that nobody has', async (t) => {
    const wrong = await forum.passerBy().post('/login', { username: 'Zoé', password: 'pas le bon mot' })
    const nobody = await forum.passerBy().post('/login', { username: 'Personne-ici', password: 'pas le bon mot' })
    t.equal(wrong.status, 422)
    t.equal(nobody.status, 422)
    t.equal(wrong.text('#password-problem'), nobody.text('#password-problem'))
    t.same(wrong.fields('form.sheet').username, ['Zoé'])
    t.same(wrong.fields('form.sheet').password, [''])
  })

  t.test('the cookie is for this site and for no script, and the database does not hold it', async (t) => {
    const person = forum.passerBy()
    const sent = await person.post('/login', { username: 'Zoé', password: PASSWORD })
    const cookie = sent.headers.getSetCookie().find((one) => one.startsWith('session='))
    t.match(cookie, /HttpOnly/)
    t.match(cookie, /SameSite=Lax/)
    t.match(cookie, /Path=\//)
    const id = person.cookie('session') ?? ''
    const stored = await forum.database
      .select()
      .from(sessions)
      .where(eq(sessions.idHash, sessionHash(id)))
    t.equal(stored.length, 1)
    const everything = await forum.database.execute(sql`select sessions::text as row from sessions`)
    t.notMatch(JSON.stringify(everything.rows), id)
  })

  t.test('a stolen hash opens nothing', async (t) => {
    const thief = forum.passerBy()
    const [stored] = await forum.database.select().from(sessions).limit(1)
    thief.setCookie('session', stored?.idHash.toString('hex') ?? '')
    t.equal((await thief.get('/')).text('.account bdi'), '')
    t.equal(thief.cookie('session'), undefined, 'the useless cookie is taken away')
  })

  t.test('a session ends 30 days after its last use', async (t) => {
    const regular = await forum.member('Habituée')
    const mine = eq(sessions.memberId, await idOf(forum, 'Habituée'))
    const end = async () => (await forum.database.select().from(sessions).where(mine))[0]?.expiresAt.getTime() ?? 0
    const days = (count: number) => new Date(Date.now() + count * 86_400_000)

    await forum.database
      .update(sessions)
      .set({ expiresAt: days(10) })
      .where(mine)
    const visit = await regular.get('/')
    t.equal(visit.text('.account bdi'), 'Habituée')
    t.ok((await end()) > days(29).getTime(), 'using it moves its end')
    t.ok(
      visit.headers.getSetCookie().some((cookie) => cookie.startsWith('session=')),
      'and the cookie’s',
    )

    await forum.database
      .update(sessions)
      .set({ expiresAt: days(-1) })
      .where(mine)
    t.equal((await regular.get('/')).text('.account bdi'), '')
    await forgetSessions(forum, new Date())
    t.equal(await end(), 0, 'what has ended is forgotten within the hour')
  })

  t.test('leaving ends the session in the database too', async (t) => {
    const person = await forum.member('Partante')
    const id = person.cookie('session') ?? ''
    t.equal((await person.post('/logout')).status, 303)
    const left = await forum.database
      .select()
      .from(sessions)
      .where(eq(sessions.idHash, sessionHash(id)))
    t.same(left, [])
    t.equal((await person.get('/')).text('.account bdi'), '')
  })

  t.test('a password hashed with older parameters is hashed again', async (t) => {
    const { hash } = await import('@node-rs/argon2')
    await forum.member('Ancienne')
    const mine = eq(members.id, await idOf(forum, 'Ancienne'))
    const old = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    await forum.database.update(members).set({ passwordHash: old }).where(mine)
    t.equal((await forum.passerBy().post('/login', { username: 'Ancienne', password: PASSWORD })).status, 303)
    const [member] = await forum.database.select().from(members).where(mine)
    t.not(member?.passwordHash, old)
    t.equal((await forum.passerBy().post('/login', { username: 'Ancienne', password: PASSWORD })).status, 303)
  })
})

t.test('a session in its place', async (t) => {
  const forum = await startForum(t)
  await forum.member('Revenante')
  await forum.member('Suivante')
  const person = forum.passerBy()
  const first = await person.post('/login', { username: 'Revenante', password: PASSWORD })
  const former = person.cookie('session') ?? ''
  t.equal(first.headers.get('clear-site-data'), null, 'what was written before logging in stays')

  t.test('logging in again ends the one that was open in that browser', async (t) => {
    const again = await person.post('/login', { username: 'Revenante', password: PASSWORD })
    t.equal(again.headers.get('clear-site-data'), null)
    const thief = forum.passerBy()
    thief.setCookie('session', former)
    t.equal((await thief.get('/')).text('.account bdi'), '')
    t.equal((await person.get('/')).text('.account bdi'), 'Revenante')
  })

  t.test('what one member has left in the browser is nothing for the next', async (t) => {
    t.equal((await person.post('/logout')).headers.get('clear-site-data'), '"storage"')
    const next = await person.post('/login', { username: 'Suivante', password: PASSWORD })
    t.equal(next.headers.get('clear-site-data'), '"storage"')
  })

  t.test('ends 180 days after it began, however much it is used', async (t) => {
    const mine = eq(sessions.memberId, await idOf(forum, 'Suivante'))
    const days = (count: number) => new Date(Date.now() + count * 86_400_000)
    await forum.database
      .update(sessions)
      .set({ createdAt: days(-170), expiresAt: days(5) })
      .where(mine)
    t.equal((await person.get('/')).text('.account bdi'), 'Suivante')
    const ends = (await forum.database.select().from(sessions).where(mine)).map(({ expiresAt }) => expiresAt)
    t.ok(
      ends.some((end) => end > days(9) && end < days(11)),
      'using it moves its end to the tenth day from now',
    )
    await forum.database
      .update(sessions)
      .set({ createdAt: days(-181), expiresAt: days(-1) })
      .where(mine)
    await forum.bus.announce(memberEvent('signed-out', await idOf(forum, 'Suivante')), 'a test')
    t.equal((await person.get('/')).text('.account bdi'), '')
  })
})

t.test('on a secure address the cookie is secure', async (t) => {
  const forum = await startForum(t, { ORIGIN: 'https://forum.example' })
  const person = forum.passerBy()
  const sent = await person.post(
    '/register',
    { username: 'Sûre', password: PASSWORD },
    { origin: 'https://forum.example' },
  )
  const cookie = sent.headers.getSetCookie().find((one) => one.startsWith('__Host-session='))
  t.match(cookie, /Secure/)
  t.notMatch(cookie, /Domain/)
  t.match((await person.get('/')).headers.get('strict-transport-security'), /max-age/)
})
