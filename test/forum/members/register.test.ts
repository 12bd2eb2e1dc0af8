import t from 'tap'
import { changeRole } from '../../../src/forum/members/administer-member.ts'
import { firstAdminLink } from '../../../src/forum/members/first-admin.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'

t.test('joining where very many have joined from one place', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const join = (username: string) => forum.passerBy().post('/register', { username, password: PASSWORD })
  t.test('forms that made no account keep nobody out', async (t) => {
    // Fewer at once than may join without waiting, in all more.
    for (const _ of [1, 2]) {
      const refused = Array.from({ length: 20 }, () => join('admin'))
      t.same([...new Set((await Promise.all(refused)).map(({ status }) => status))], [422])
    }
    t.equal((await join('Honnête')).status, 303)
  })
  t.test('takes a moment longer, and is not refused', async (t) => {
    const names = Array.from({ length: 30 }, (_, index) => `Arrivée${String.fromCodePoint(97 + (index % 26))}${index}q`)
    for (const name of names) t.equal((await join(name)).status, 303, name)
    t.equal((await join('Patiente')).status, 303)
  })
})

t.test('the first administrator', async (t) => {
  const forum = await startForum(t)
  const link = (await firstAdminLink(forum)) ?? ''
  const token = new URL(link).searchParams.get('setup') ?? ''
  const path = link.slice(forum.origin.length)

  t.test('comes by a link, which says afterwards that it was used', async (t) => {
    const alice = forum.passerBy()
    const form = await alice.get(path)
    t.match(form.text('h1'), /administration|administrat/)
    t.equal((await alice.submit(form, 'form.sheet', { username: 'Alice', password: PASSWORD })).status, 303)
    t.equal(await firstAdminLink(forum), null)
    const late = forum.passerBy()
    const page = await late.get(path)
    t.match(page.text('[role=status]'), /^Ce lien a déjà servi/)
    t.equal(page.document.querySelector('[name=setup]'), null)
    const refused = await late.post('/register', { username: 'Tardive', password: PASSWORD, setup: token })
    t.equal(refused.status, 422)
    t.match(refused.text('main'), /Ce lien a déjà servi/)
    const ordinary = await late.submit(refused, 'form.sheet', { password: PASSWORD })
    t.equal(ordinary.status, 303, 'the form that comes back makes an ordinary account')
  })

  t.test('is another where there is none again, and by another link', async (t) => {
    await changeRole(forum, 'Alice', 'member')
    const next = (await firstAdminLink(forum)) ?? ''
    t.not(next, link)
    const late = await forum.passerBy().post('/register', { username: 'Retard', password: PASSWORD, setup: token })
    t.equal(late.status, 422, 'the one before stays dead')
    await changeRole(forum, 'Alice', 'admin')
    await changeRole(forum, 'Alice', 'member')
    t.not(await firstAdminLink(forum), next, 'a link that was never used dies with the next administrator')
  })
})

t.test('joining', async (t) => {
  const forum = await startForum(t)

  t.test('a pseudonym and a password are enough, and bring the person back to where they were', async (t) => {
    const nadia = forum.passerBy()
    const form = await nadia.get('/register?next=/cities/nice')
    const field = form.document.querySelector('#field-username')
    for (const [how, value] of Object.entries({ autocapitalize: 'none', autocorrect: 'off', spellcheck: 'false' })) {
      t.equal(field?.getAttribute(how), value, 'a phone leaves a name as it is typed')
    }
    const sent = await nadia.submit(form, 'form.sheet', { username: 'Nadia', password: PASSWORD })
    t.equal(sent.status, 303)
    t.equal(sent.location, '/cities/nice')
    t.equal((await nadia.get('/')).text('.account bdi'), 'Nadia')
  })

  t.test('a form that cannot be accepted comes back as it was, with the reason beside each field', async (t) => {
    const someone = forum.passerBy()
    const typed = { username: 'x', next: '/technologies', email: 'zoe@', city: 'nice' }
    const sent = await someone.post('/register', { ...typed, password: 'petit' })
    t.equal(sent.status, 422)
    t.match(sent.text('#username-problem'), /au moins 2 caractères/)
    t.match(sent.text('#password-problem'), /au moins 10 caractères/)
    t.match(sent.text('#email-problem'), /ressemble à nom@exemple\.fr/)
    const { shown: _shown, ...fields } = sent.fields('form.sheet')
    t.same(fields, {
      next: ['/technologies'],
      username: ['x'],
      password: [''],
      email: ['zoe@'],
      city: ['nice'],
      website: [''],
    })
    t.equal(sent.document.querySelector('#field-username')?.getAttribute('aria-invalid'), 'true')
    t.notMatch(sent.body, 'petit', 'a password is never sent back')
  })

  t.test('a name that cannot be and a password that is too short are said at once', async (t) => {
    const back = await forum.passerBy().post('/register', { username: 'Zoë-O’Brien', password: 'court' })
    t.equal(back.status, 422)
    t.match(back.text('main'), /2 points sont à revoir/)
    for (const field of ['username', 'password'])
      t.ok(back.document.querySelector(`[name=${field}][aria-invalid]`), field)
  })

  t.test('the space that a phone puts behind a name is no part of it', async (t) => {
    const samira = forum.passerBy()
    t.equal((await samira.post('/register', { username: 'Samira ', password: PASSWORD })).status, 303)
    t.equal((await samira.get('/')).text('.account bdi'), 'Samira')
    const again = forum.passerBy()
    t.equal((await again.post('/login', { username: ' Samira ', password: PASSWORD })).status, 303)
  })

  const refusals = [
    { why: 'is reserved', username: 'Modération', problem: /réservé/ },
    { why: 'has a letter of another script', username: 'Nаdia', problem: /alphabets/ },
    { why: 'begins with a sign', username: '-nadia', problem: /lettres et de chiffres/ },
    { why: 'has no letter', username: '12345', problem: /lettres et de chiffres/ },
    { why: 'is taken', username: 'Nadia', problem: /déjà pris/ },
    { why: 'looks like one that is taken', username: 'nád.ia', problem: /déjà pris/ },
  ]
  for (const { why, username, problem } of refusals) {
    t.test(`a name that ${why} is refused`, async (t) => {
      const sent = await forum.passerBy().post('/register', { username, password: PASSWORD })
      t.equal(sent.status, 422)
      t.match(sent.text('#username-problem'), problem)
    })
  }

  for (const [why, password] of [
    ['many people use', 'azertyuiop'],
    ['many people use with a year behind it', 'Marseille2024!'],
    ['has one letter again and again', 'aaaaaaaaaaaaa'],
    ['is the name', 'benoit.benoit'],
  ] as const) {
    t.test(`a password that ${why} is refused`, async (t) => {
      const sent = await forum.passerBy().post('/register', { username: 'Benoit', password })
      t.equal(sent.status, 422)
      t.ok(sent.text('#password-problem'))
    })
  }

  t.test('a password of more than 200 characters is refused', async (t) => {
    const sent = await forum.passerBy().post('/register', { username: 'Claire', password: 'abcde fghij '.repeat(20) })
    t.equal(sent.status, 422)
    t.match(sent.text('#password-problem'), /au plus 200/)
  })

  t.test('names of every script are welcome', async (t) => {
    for (const username of ['Σοφία', 'سلمى', 'Мария', '明子', 'Anne-Sophie_13', 'œuf.dur']) {
      const sent = await forum.passerBy().post('/register', { username, password: PASSWORD })
      t.equal(sent.status, 303, username)
    }
  })

  t.test('two people who ask for one name at the same moment do not both get it', async (t) => {
    const sent = await Promise.all(
      [1, 2, 3, 4].map(() => forum.passerBy().post('/register', { username: 'Jumelle', password: PASSWORD })),
    )
    t.same(sent.map(({ status }) => status).sort(), [303, 422, 422, 422])
  })

  t.test('a way back that leads to another site is not followed', async (t) => {
    const sent = await forum
      .passerBy()
      .post('/register', { username: 'Prudente', password: PASSWORD, next: '//evil.example' })
    t.equal(sent.location, '/')
  })

  t.test('who is signed in already has no need of the form', async (t) => {
    const paul = await forum.member('Paul')
    t.equal((await paul.get('/register?next=/cities')).location, '/cities')
    t.equal((await paul.get('/login')).location, '/')
  })
})
