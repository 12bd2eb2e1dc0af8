import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { digestReader, sendDigests } from '../../support/mail.ts'
import { openMailbox } from '../../support/mailbox.ts'
import { threadBy } from '../../support/threads.ts'

t.test('a search that is followed', async (t) => {
  const mailbox = await openMailbox(t)
  const forum = await startForum(t, { SMTP_URL: mailbox.url, MAIL_RATE: '1000' })
  const bob = await forum.member('Bob')
  const { person: zoe } = await digestReader(forum, 'zoe')
  await threadBy(forum, 'Bob', { title: 'Avant tout cela', body: 'Un drone, il y a longtemps.' })
  const page = await zoe.get('/search?q=drone&board=nice')

  await t.test('is kept with its fields, and listed', async (t) => {
    const done = await zoe.submit(page, '[action="/search/subscription"]', { level: 'following' })
    t.equal(done.location, '/search?q=drone&board=nice')
    t.match((await zoe.get('/subscriptions')).text('main'), 'drone city:nice')
    t.match((await zoe.get('/search?q=drone&board=nice')).text('[action="/search/subscription"]'), /Recherche suivie/)
  })

  await sendDigests(forum)
  const before = mailbox.received.length
  const { thread } = await threadBy(forum, 'Bob', {
    title: 'Le ciel',
    body: 'Rien à voir.',
    boards: ['nice'],
    replies: 1,
  })

  await t.test('tells nothing of what it does not find', async (t) => {
    await sendDigests(forum)
    t.equal(mailbox.received.length, before)
  })

  await t.test('tells what is new in the digest, leads to the very post, and never twice', async (t) => {
    await bob.post(`/threads/${thread.id}/replies`, { body: 'Un drone au-dessus du port !' })
    await threadBy(forum, 'Bob', { title: 'Un drone à Marseille', body: 'Ailleurs.' })
    await sendDigests(forum)
    const mail = (await mailbox.until(before + 1))[before]
    t.match(mail?.text, /RECHERCHE.*DRONE CITY:NICE/)
    t.match(mail?.text, `/threads/${thread.id}/posts/3`)
    t.notMatch(mail?.text, /Ailleurs/)
    await sendDigests(forum)
    t.equal(mailbox.received.length, before + 1)
  })

  await t.test('tells nothing of what is out of sight, or of what one has written oneself', async (t) => {
    await bob.post(`/threads/${thread.id}/replies`, { body: 'Encore un drone.' })
    const found = await zoe.get('/search?q=encore+drone')
    await bob.post(`/posts/${found.document.querySelector('[data-id]')?.getAttribute('data-id')}/delete`)
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Mon drone.' })
    await sendDigests(forum)
    t.equal(mailbox.received.length, before + 1)
  })

  await t.test('can be left, and a search for nothing cannot be followed', async (t) => {
    await zoe.post('/search/subscription', { q: 'drone city:nice', level: 'none' })
    t.match((await zoe.get('/subscriptions')).text('main'), 'Aucune recherche n’est suivie')
    t.equal((await zoe.post('/search/subscription', { q: '-rien', level: 'following' })).status, 422)
  })
})

t.test('two at once do not follow one search too many, and who follows one already may say so again', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const follow = (q: string) => zoe.post('/search/subscription', { q, level: 'following' })
  for (let number = 1; number < 20; number += 1) await follow(`caméra ${number}`)
  const both = await Promise.all([follow('drone'), follow('micro')])
  t.same(both.map(({ status }) => status).sort(), [303, 422])
  t.equal((await follow('caméra 1')).status, 303)
})
