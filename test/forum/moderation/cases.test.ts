import { eq } from 'drizzle-orm'
import t from 'tap'
import { acts, cases, flags } from '../../../src/schema/moderation.ts'
import { startForum } from '../../support/forum.ts'
import type { Person } from '../../support/person.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const theCase = async (moderator: Person): Promise<string> => {
  const link = (await moderator.get('/moderation')).document.querySelector('.cases a')
  return link?.getAttribute('href') ?? ''
}

t.test(
  'what members flag becomes one case, which moderators decide and the people concerned are told of',
  async (t) => {
    const forum = await startForum(t)
    const [author, first, second] = [
      await forum.member('Auteur'),
      await forum.member('Première'),
      await forum.member('Seconde'),
    ]
    const moderator = await forum.member('Simone', 'moderator')
    t.match((await moderator.get('/moderation')).text('.empty'), 'Rien n’attend')
    t.equal((await moderator.get('/')).document.querySelector('.queue .badge'), null)

    const post = await threadBy(forum, 'Auteur', { replies: 1 })
    const page = await first.follow(`/threads/${post.thread.id}`)
    t.ok(page.document.querySelector(`a[href="/posts/${post.id}/flag"]`), 'offered on the post')
    const own = await author.follow(`/threads/${post.thread.id}`)
    t.equal(own.document.querySelector('.posts a[href$="/flag"]'), null, 'not on one’s own')
    t.equal((await author.post(`/posts/${post.id}/flag`, { reason: 'spam' })).status, 403)
    t.equal((await first.post(`/posts/${post.id}/flag`, { reason: 'boring' })).status, 422)

    const form = await first.get(`/posts/${post.id}/flag`)
    t.equal((await first.submit(form, '#flag', { reason: 'private', note: 'Une adresse.' })).status, 303)
    t.match((await first.follow(`/threads/${post.thread.id}`)).text('.told'), 'Merci')
    await second.post(`/posts/${post.id}/flag`, { reason: 'abuse' })
    await second.post(`/posts/${post.id}/flag`, { reason: 'spam' })
    t.equal((await forum.database.select().from(flags)).length, 2, 'one each')
    t.equal((await forum.database.select().from(cases)).length, 1)

    t.equal((await first.get('/moderation')).status, 403)
    t.equal((await forum.passerBy().get('/moderation')).status, 303)
    t.equal((await moderator.get('/')).text('.queue .badge'), '11 cas à traiter')
    const path = await theCase(moderator)
    const shown = await moderator.get(path)
    t.match(shown.body, 'Voici le relevé.')
    t.match(shown.body, 'Une adresse.')
    t.match(shown.body, 'Réponse 2', 'what stands around it')
    await moderator.post(`${path}/notes`, { body: 'À voir avec Zoé.' })
    await moderator.post(`${path}/claim`)
    t.match((await moderator.get(path)).body, 'Simone s’en occupe')
    t.match((await moderator.get(path)).body, 'À voir avec Zoé.')

    t.equal((await moderator.post(path, { decision: 'approve' })).status, 422)
    t.equal((await moderator.post(path, { decision: 'remove', statement: 'Non.' })).status, 403)
    t.equal(
      (await moderator.post(path, { decision: 'hide', statement: 'Une adresse privée.' })).location,
      '/moderation',
    )
    t.match((await moderator.get('/moderation')).text('.empty'), 'Rien n’attend')
    t.equal((await moderator.get('/')).document.querySelector('.queue .badge'), null)

    const told = await author.get('/notifications')
    t.match(told.body, 'La modération est intervenue')
    const hidden = await author.follow(`/threads/${post.thread.id}/posts/1`)
    t.match(hidden.body, 'Une adresse privée.')
    t.notOk(`${told.body}${hidden.body}`.includes('Première'), 'who flagged is not named')
    t.match((await second.get('/notifications')).body, 'que vous aviez signalé')
    t.notOk((await second.get('/notifications')).body.includes('Une adresse privée.'))

    const other = await forum.member('Autre', 'moderator')
    const late = await other.post(path, { decision: 'dismiss' })
    t.equal(late.status, 409)
    t.match(late.body, 'Simone a déjà décidé')
    const [act] = await forum.database.select().from(acts).where(eq(acts.kind, 'hide'))
    t.match(act, { byId: await idOf(forum, 'Simone'), postId: post.id, reason: 'Une adresse privée.' })
    const closed = await moderator.get(path)
    await moderator.submit(closed, '[action$="/restore"]', {})
    t.match((await first.follow(`/threads/${post.thread.id}`)).body, 'Voici le relevé.')

    await other.post(`/posts/${post.id}/flag`, { reason: 'private' })
    await moderator.post(await theCase(moderator), { decision: 'hide' })
    const unexplained = await author.follow(`/threads/${post.thread.id}/posts/1`)
    t.match(unexplained.text('#post-1 .reason'), 'n’a donné aucun motif')
    t.ok(unexplained.document.querySelector('#post-1 .reason a[href="/contact"]'))
  },
)

t.test('a case left to admins is theirs, and only they delete for good, with reasons', async (t) => {
  const forum = await startForum(t)
  await forum.member('Auteur')
  const flagger = await forum.member('Première')
  const moderator = await forum.member('Simone', 'moderator')
  const admin = await forum.member('Hannah', 'admin')
  const post = await threadBy(forum, 'Auteur')
  await flagger.post(`/posts/${post.id}/flag`, { reason: 'illegal' })
  const path = await theCase(moderator)
  await moderator.post(path, { decision: 'escalate' })
  t.equal((await moderator.post(path, { decision: 'dismiss' })).status, 403)
  t.equal((await admin.post(path, { decision: 'remove' })).status, 422)
  t.equal((await admin.post(path, { decision: 'remove', statement: 'Illicite.' })).status, 303)
  t.equal((await forum.passerBy().follow(`/threads/${post.thread.id}`)).status, 404)
})

t.test('of two moderators at once one decides', async (t) => {
  const forum = await startForum(t)
  await forum.member('Auteur')
  const flagger = await forum.member('Première')
  const both = [await forum.member('Une', 'moderator'), await forum.member('Deux', 'moderator')]
  const post = await threadBy(forum, 'Auteur')
  await flagger.post(`/posts/${post.id}/flag`, { reason: 'illegal' })
  const path = await theCase(await forum.member('Trois', 'moderator'))
  const decided = await Promise.all(both.map((one, index) => one.post(path, { decision: index ? 'hide' : 'dismiss' })))
  t.same(decided.map(({ status }) => status).sort(), [303, 409])
  t.equal((await forum.database.select().from(acts)).length, 1)
})

t.test('many who flag at once make one case, and the post stays', async (t) => {
  const forum = await startForum(t)
  await forum.member('Auteur')
  const post = await threadBy(forum, 'Auteur')
  const people = await Promise.all(Array.from({ length: 6 }, (_, index) => forum.member(`Membre${index}`)))
  await Promise.all(people.map((one) => one.post(`/posts/${post.id}/flag`, { reason: 'spam' })))
  t.match(await forum.database.select().from(cases), [{ flagCount: 6 }])
  const moderator = await forum.member('Simone', 'moderator')
  t.match((await moderator.get('/moderation')).body, 'Beaucoup de signalements')
  t.equal((await forum.passerBy().follow(`/threads/${post.thread.id}`)).status, 200)
})

t.test('who takes a flagged post back before it is hidden cannot show it again, and is told why', async (t) => {
  const forum = await startForum(t)
  const author = await forum.member('Auteur')
  const flagger = await forum.member('Première')
  const moderator = await forum.member('Simone', 'moderator')
  const post = await threadBy(forum, 'Auteur', { body: 'Une insulte.', replies: 1 })
  await flagger.post(`/posts/${post.id}/flag`, { reason: 'abuse' })
  await author.post(`/posts/${post.id}/delete`)
  const path = await theCase(moderator)
  t.match((await moderator.get(path)).body, 'Une insulte.')
  t.equal((await moderator.post(path, { decision: 'hide', statement: 'Pas d’insultes.' })).status, 303)
  t.match((await author.get('/notifications')).body, 'La modération est intervenue')
  t.match((await author.follow(`/threads/${post.thread.id}`)).text('#post-1'), 'Pas d’insultes.')
  t.equal((await author.post(`/posts/${post.id}/restore`)).status, 403)
  t.equal((await forum.database.select().from(acts).where(eq(acts.kind, 'hide'))).length, 1)
  await moderator.submit(await moderator.get(path), '[action$="/restore"]', {})
  t.match((await flagger.follow(`/threads/${post.thread.id}`)).body, 'Une insulte.', 'moderators undo it')
})

t.test('an admin who hides their own flagged post does so in the log', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Hannah', 'admin')
  const flagger = await forum.member('Première')
  const post = await threadBy(forum, 'Hannah')
  await flagger.post(`/posts/${post.id}/flag`, { reason: 'private' })
  await admin.post(await theCase(admin), { decision: 'hide' })
  t.match(await forum.database.select({ kind: acts.kind }).from(acts), [{ kind: 'hide' }])
})

t.test('who may not write is told so when they flag', async (t) => {
  const forum = await startForum(t)
  await forum.member('Auteur')
  const silenced = await forum.member('Première')
  const moderator = await forum.member('Simone', 'moderator')
  const post = await threadBy(forum, 'Auteur')
  await moderator.post('/members/Première/silence', { reason: 'Trop.', days: '1' })
  const sent = await silenced.post(`/posts/${post.id}/flag`, { reason: 'spam' })
  t.equal(sent.status, 403)
  t.match(sent.text('main'), 'La modération a retiré la parole à ce compte')
})

t.test('a member flags a post again only where it was edited since it was judged', async (t) => {
  const forum = await startForum(t)
  const author = await forum.member('Auteur')
  const flagger = await forum.member('Première')
  const moderator = await forum.member('Simone', 'moderator')
  const post = await threadBy(forum, 'Auteur')
  const flag = () => flagger.post(`/posts/${post.id}/flag`, { reason: 'abuse' })
  await flag()
  await moderator.post(await theCase(moderator), { decision: 'dismiss' })
  await flag()
  t.equal(await theCase(moderator), '', 'the same words are judged once')
  await author.post(`/posts/${post.id}/edit`, { body: 'Une insulte.', title: 'Relevé de caméras' })
  await Promise.all([flag(), flag()])
  t.match((await moderator.get(await theCase(moderator))).body, 'Une insulte.')
  t.match(await forum.database.select().from(cases).orderBy(cases.id), [
    { decision: 'dismiss', flagCount: 1 },
    { closedAt: null, flagCount: 1 },
  ])
})

t.test(
  'a moderator reads no case about themself: who flagged them stays safe, and so do the others’ notes',
  async (t) => {
    const forum = await startForum(t)
    const moderator = await forum.member('Simone', 'moderator')
    const flagger = await forum.member('Première')
    const other = await forum.member('Autre', 'moderator')
    const post = await threadBy(forum, 'Simone')
    await flagger.post(`/posts/${post.id}/flag`, { reason: 'abuse', note: 'Comme hier.' })
    const path = await theCase(moderator)
    const refused = await moderator.get(path)
    t.equal(refused.status, 403)
    t.notMatch(refused.body, 'Première')
    t.equal((await moderator.post(path, { decision: 'dismiss' })).status, 403)
    t.equal((await moderator.post(`${path}/notes`, { body: 'Non.' })).status, 403)
    t.equal((await moderator.post(`${path}/claim`)).status, 403)
    t.match((await other.get(path)).body, 'Première')
  },
)
