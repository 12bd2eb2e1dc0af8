import { gt } from 'drizzle-orm'
import t from 'tap'
import { cases } from '../../../src/schema/moderation.ts'
import { posts } from '../../../src/schema/posts.ts'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

const WORDS = 'Gagnez de l’argent depuis chez vous, sans effort et sans risque, dès ce soir'

t.test('what looks like the work of a machine', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const ada = await forum.member('Ada', 'admin')
  const { thread } = await threadBy(forum, 'Ada', { replies: 1 })
  const path = `/threads/${thread.id}/replies`
  const isRead = async (text: string) => (await forum.passerBy().follow(`/threads/${thread.id}`)).body.includes(text)
  let last = 0
  /** What was opened since it was asked for last. */
  const opened = async () => {
    const found = await forum.database.select().from(cases).where(gt(cases.id, last)).orderBy(cases.id)
    last = found.at(-1)?.id ?? last
    return found.map(({ kind, reasons }) => ({ kind, reasons }))
  }

  t.test('a newcomer who says the same a third time waits, and moderators learn why', async (t) => {
    const nour = await forum.member('Nour')
    await nour.post(path, { body: `${WORDS} : un.` })
    await nour.post(path, { body: `${WORDS} : deux !`, request_id: 'deux' })
    await nour.post(path, { body: `${WORDS} : deux !`, request_id: 'deux' })
    t.same(await opened(), [])
    const sent = await nour.post(path, { body: `${WORDS} (trois)` })
    t.match((await nour.follow(sent.location ?? '')).text('.told'), 'attend')
    t.notOk(await isRead('(trois)'))
    t.same(await opened(), [{ kind: 'held', reasons: ['repeats'] }])
    const queue = await ada.get('/moderation')
    t.match(queue.text('.cases'), 'le même compte vient de le dire')
    const page = await ada.get(queue.document.querySelector('.cases a')?.getAttribute('href') ?? '')
    t.same(page.texts('[data-reason]'), ['le même compte vient de le dire ailleurs'])
    await ada.submit(page, `form[action^="/moderation/cases/"].sheet`, { decision: 'hide', statement: 'Publicité.' })
    t.match((await nour.follow(sent.location ?? '')).text('.post.held'), 'repéré ce message par un moyen automatisé')
  })

  t.test('with links the second time is enough; short words are everybody’s', async (t) => {
    const lina = await forum.member('Lina')
    for (const _ of [1, 2, 3]) await lina.post(path, { body: 'Merci beaucoup !' })
    t.same(await opened(), [])
    const body = 'Voir https://achetez.example'
    await lina.post(path, { body })
    await lina.post(path, { body })
    t.same(await opened(), [{ kind: 'held', reasons: ['repeats'] }])
  })

  t.test('several accounts that say the same', async (t) => {
    const body = 'Видеонаблюдение стало дешевле, звоните нам сегодня же по телефону'
    const crowd = await Promise.all(['Une', 'Deux', 'Trois'].map((name) => forum.member(name)))
    for (const one of crowd) await one.post(path, { body })
    t.same(await opened(), [{ kind: 'held', reasons: ['repeated'] }])
  })

  t.test('many links in a day', async (t) => {
    const omar = await forum.member('Omar')
    const links = (name: string) => [1, 2, 3].map((number) => `https://${name}${number}.example`).join(' ')
    await omar.post(path, { body: `Des sources : ${links('a')}` })
    await omar.post(path, { body: `Tout autre chose : ${links('b')}` })
    t.same(await opened(), [])
    await omar.post(path, { body: 'Sans lien, rien n’attend.' })
    await omar.post(path, { body: 'Et encore https://c.example pour finir.' })
    t.same(await opened(), [{ kind: 'held', reasons: ['links'] }])
  })

  t.test('sent all at once, they stand, and moderators look', async (t) => {
    const hugo = await forum.member('Hugo')
    await Promise.all(
      [1, 2, 3, 4].map((number) =>
        hugo.post(path, { body: `Toujours la même annonce de serrures et de volets roulants ${number}` }),
      ),
    )
    const found = await opened()
    t.ok(found.length > 0)
    t.ok(found.every(({ reasons }) => reasons?.join() === 'repeats'))
  })

  t.test('others repeat themselves in full view, and moderators look', async (t) => {
    const zoe = await forum.member('Zoé')
    await ada.post('/admin/settings', { newcomer_posts: '0' })
    const body = 'Réunion publique samedi à dix-huit heures devant la mairie, venez nombreux et nombreuses.'
    for (const _ of [1, 2]) await zoe.post(path, { body })
    t.same(await opened(), [])
    const started = await zoe.post('/threads', { title: 'Réunion publique', body, boards: 'nice' })
    t.equal((await forum.passerBy().follow(started.location ?? '')).status, 200)
    t.same(await opened(), [{ kind: 'flagged', reasons: ['repeats'] }])
    t.match((await ada.get('/moderation')).text('.cases'), 'le même compte vient de le dire')
    await ada.post('/admin/settings', { newcomer_posts: '5' })
  })

  t.test('an edit into it is looked at too', async (t) => {
    const ines = await forum.member('Inès')
    const body = 'Voir https://vendre.example/ines'
    await ines.post(path, { body })
    const sent = await ines.post(path, { body: 'Bonjour à tout le monde.' })
    const number = Number(sent.location?.split('#post-')[1])
    const [post] = (await forum.database.select().from(posts)).filter((one) => one.number === number)
    await ines.post(`/posts/${post?.id}/edit`, { body })
    t.same(await opened(), [{ kind: 'flagged', reasons: ['edited', 'repeats'] }])
  })

  t.test('is not looked for where an admin says so', async (t) => {
    await ada.post('/admin/settings', { suspect_points: '0' })
    const max = await forum.member('Max')
    for (const number of [1, 2, 3, 4]) await max.post(path, { body: `Max ${WORDS} ${number}` })
    t.same(await opened(), [])
  })
})
