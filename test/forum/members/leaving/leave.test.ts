import { eq } from 'drizzle-orm'
import t from 'tap'
import { keepRetention } from '../../../../src/forum/administration/keep-retention.ts'
import { addressFeedback } from '../../../../src/forum/members/email-refusals.ts'
import { daysBefore } from '../../../../src/forum/retention.ts'
import { sendMails } from '../../../../src/platform/mail/send-mails.ts'
import { emailAddresses } from '../../../../src/schema/email-addresses.ts'
import { members, sessions } from '../../../../src/schema/members.ts'
import { posts, postVersions } from '../../../../src/schema/posts.ts'
import { savedSearches } from '../../../../src/schema/search.ts'
import { boardSubscriptions, mutes } from '../../../../src/schema/subscriptions.ts'
import { sayPassword } from '../../../support/authenticator.ts'
import { PASSWORD, startForum, type TestForum } from '../../../support/forum.ts'
import { openMailbox } from '../../../support/mailbox.ts'
import type { Person } from '../../../support/person.ts'
import { idOf, threadBy } from '../../../support/threads.ts'

const inDays = (days: number): Date => daysBefore(new Date(), -days)
const leave = (person: Person, posts: 'keep' | 'remove') =>
  person.post('/settings/data/leave', { password: PASSWORD, posts })

async function giveAddress(forum: TestForum, username: string): Promise<number> {
  const memberId = await idOf(forum, username)
  const address = `${username.toLowerCase()}@example.org`
  await forum.database.insert(emailAddresses).values({ memberId, address, addressKey: address })
  return memberId
}

t.test('leaving', async (t) => {
  const mailbox = await openMailbox(t)
  const forum = await startForum(t, { SMTP_URL: mailbox.url })
  const reader = forum.passerBy()

  t.test('needs the password, and a choice for the posts', async (t) => {
    const alma = await forum.member('Alma')
    const page = await alma.get('/settings/data')
    const wrong = await alma.submit(page, 'form[action$=leave]', { password: 'pas celui-là', posts: 'remove' })
    t.equal(wrong.status, 422)
    t.same(wrong.fields('form[action$=leave]').posts, ['remove'])
    t.match(wrong.text('#password-problem'), /mot de passe/i)
    t.equal((await alma.post('/settings/data/leave', { password: PASSWORD, posts: 'burn' })).status, 422)
    t.equal((await alma.get('/settings/data')).status, 200)
  })

  t.test('closes the account at once, everywhere', async (t) => {
    const brune = await forum.member('Brune')
    await forum.member('Zoé')
    const id = await giveAddress(forum, 'Brune')
    const { thread } = await threadBy(forum, 'Brune', { title: 'Caméras du quai', replies: 1 })
    const zoe = await forum.member('Zélie')
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Merci @Brune !', reply_to: '1' })
    const path = `/threads/${thread.id}/${thread.slug}`
    t.match((await reader.get(path)).body, />Brune</)

    const phone = await sayPassword(forum, 'Brune')
    const left = await leave(brune, 'keep')
    t.equal(left.status, 303)
    t.match((await brune.follow(left.location ?? '')).text('main'), /fermé/)
    for (const person of [brune, phone.person]) t.equal((await person.get('/settings/data')).status, 303)
    t.equal((await reader.get('/members/Brune')).status, 404)
    t.equal((await reader.get('/members/Brune.atom')).status, 404)
    const shown = await reader.get(path)
    t.same(shown.texts('.post .former'), ['Membre parti', 'Membre parti'])
    t.notMatch(shown.text('.post header'), /Brune/)
    for (const place of [
      path,
      `${path}?reply_to=1`,
      '/',
      '/threads',
      '/cities/marseille',
      `/threads/${thread.id}.atom`,
      `/threads/${thread.id}.json`,
      `/threads/${thread.id}.md`,
      '/search?q=releve',
      '/threads.json',
      `/posts/${await firstPost(forum, thread.id)}/history`,
    ]) {
      const visit = await zoe.get(place)
      t.equal(visit.status, 200, place)
      // What others have called them by stays in their words.
      t.notMatch(visit.body.replaceAll(/@Brune|\/members\/Brune/g, ''), /Brune/, place)
    }
    t.match((await zoe.get(`/threads/${thread.id}.json`)).body, /Membre parti/)
    t.equal((await forum.database.select().from(sessions).where(eq(sessions.memberId, id))).length, 0)
    await sendMails(forum, addressFeedback)
    t.match((await mailbox.until(1)).at(-1)?.subject, /fermé/)
  })

  t.test('is undone by logging in, which is told there and by mail', async (t) => {
    const { person, asked } = await sayPassword(forum, 'Brune')
    t.equal(asked.location, '/notifications')
    t.match((await person.get('/notifications')).text('.told'), /remis en place/)
    t.equal((await reader.get('/members/Brune')).status, 200)
    await sendMails(forum, addressFeedback)
    t.match((await mailbox.until(2)).at(-1)?.subject, /de nouveau ouvert/)
    await keepRetention(forum, inDays(40))
    t.equal((await reader.get('/members/Brune')).status, 200)
  })

  t.test('after two weeks erases who it was, and keeps the posts', async (t) => {
    const chloe = await forum.member('Chloé')
    const id = await giveAddress(forum, 'Chloé')
    const { thread } = await threadBy(forum, 'Chloé')
    const zoe = await forum.member('Zaza')
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Merci @chloe, et @Zoé !' })
    await chloe.post('/settings', { biography: 'Habite rue Breteuil' })
    await chloe.post('/boards/marseille/subscription', { level: 'following' })
    await chloe.post('/members/Zaza/mute')
    await chloe.post('/search/subscription', { q: 'rue Breteuil', level: 'following' })
    const kept = [emailAddresses, boardSubscriptions, mutes, savedSearches]
    const rows = () => Promise.all(kept.map((table) => forum.database.$count(table, eq(table.memberId, id))))
    t.same(await rows(), [1, 1, 1, 1])
    await leave(chloe, 'keep')
    await keepRetention(forum, inDays(13))
    t.equal((await forum.database.select().from(members).where(eq(members.id, id)))[0]?.formerUsername, 'Chloé')
    await keepRetention(forum, inDays(15))
    const [erased] = await forum.database.select().from(members).where(eq(members.id, id))
    t.match(erased, { username: null, formerUsername: null, biography: '', passwordHash: '' })
    t.notMatch(erased?.usernameKey ?? '', /chl?oe/)
    t.same(await rows(), [0, 0, 0, 0])
    const shown = await reader.get(`/threads/${thread.id}/${thread.slug}`)
    t.match(shown.text('.post .prose'), /Voici le relevé/)
    t.equal(shown.text('.post .former'), 'Membre parti')
    const calling = shown.document.querySelector('#post-2 .prose')
    t.match(calling?.textContent?.trim(), /^Merci @Chloé, et @Zoé\s!$/)
    t.same(
      [...(calling?.querySelectorAll('a') ?? [])].map((link) => link.textContent),
      ['@Zoé'],
    )
    t.equal((await sayPassword(forum, 'Chloé')).asked.status, 422)
  })

  t.test('leaves the name taken, in each of its spellings', async (t) => {
    for (const username of ['Chloé', 'chloe', 'CHLOE']) {
      const taken = await reader.post('/register', { username, password: PASSWORD })
      t.equal(taken.status, 422)
      t.match(taken.text('#username-problem'), /pris/)
    }
  })

  t.test('removes the posts with all their versions where that was chosen', async (t) => {
    const dina = await forum.member('Dina')
    const other = await forum.member('Dora')
    const { thread } = await threadBy(forum, 'Dina', { title: 'Un drone', body: 'Vu un drone orange.' })
    await other.post(`/threads/${thread.id}/replies`, { body: 'Moi aussi.' })
    const alone = await threadBy(forum, 'Dina', { title: 'Seule', body: 'Personne ne répond au drone.' })
    const [post] = await forum.database.select().from(posts).where(eq(posts.threadId, thread.id))
    const edit = await dina.get(`/posts/${post?.id}/edit`)
    await dina.submit(edit, 'form.compose', { body: 'Vu un drone violet.' })
    const id = await idOf(forum, 'Dina')
    t.match((await dina.get('/settings/data')).text('form[action$=leave]'), /dans 14 jours.+ tout se lit encore/)
    await leave(dina, 'remove')
    t.match((await reader.get(`/threads/${thread.id}/${thread.slug}`)).text('.post .prose'), /violet/)
    await keepRetention(forum, inDays(15))
    const shown = await reader.follow(`/threads/${thread.id}/${thread.slug}`)
    t.ok(shown.document.querySelector('#post-1.deleted'))
    t.notMatch(shown.text('h1'), /drone/, 'its title was theirs too')
    t.match(shown.text('#post-2 .prose'), /Moi aussi/)
    t.notMatch(shown.body, /violet|orange/)
    t.equal((await reader.get(`/threads/${alone.thread.id}/${alone.thread.slug}`)).status, 404)
    const written = await forum.database.select().from(posts).where(eq(posts.authorId, id))
    t.ok(written.every(({ body, bodyHtml, excerpt }) => `${body}${bodyHtml}${excerpt}` === ''))
    t.equal(
      (
        await forum.database
          .select()
          .from(postVersions)
          .where(eq(postVersions.postId, post?.id ?? 0))
      ).length,
      0,
    )
    t.equal((await reader.get('/search?q=drone+violet')).document.querySelectorAll('[data-hit=post]').length, 0)
    const [row] = await forum.database.select().from(members).where(eq(members.id, id))
    t.equal(row?.takesPostsAway, false)
  })

  t.test('is not for the last admin', async (t) => {
    const elsa = await forum.member('Elsa', 'admin')
    const refused = await leave(elsa, 'keep')
    t.equal(refused.status, 422)
    t.match(refused.text('#posts-problem'), /dernier compte d’administration/)
    const fanny = await forum.member('Fanny', 'admin')
    const both = await Promise.all([leave(elsa, 'keep'), leave(fanny, 'keep')])
    t.same(both.map(({ status }) => status).sort(), [303, 422], 'of the last two at once, one stays')
  })
})

t.test('two at once', async (t) => {
  const forum = await startForum(t)
  const inTwoWeeks = inDays(15)

  t.test('somebody who leaves while they post loses no word, and keeps no name', async (t) => {
    const gina = await forum.member('Gina')
    const { thread } = await threadBy(forum, 'Gina')
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, (_, count) =>
        gina.post(`/threads/${thread.id}/replies`, { body: `Réponse ${count}` }),
      ),
      leave(gina, 'keep'),
    ])
    t.ok(answers.every(({ status }) => status === 303 || status === 401))
    const shown = await forum.passerBy().get(`/threads/${thread.id}/${thread.slug}`)
    const acknowledged = answers.slice(0, 4).filter(({ status }) => status === 303).length
    t.equal(shown.document.querySelectorAll('.post .former').length, 1 + acknowledged)
  })

  t.test('a login during the erasing comes back whole, or not at all', async (t) => {
    for (const name of ['Hana', 'Ines', 'Jade', 'Lise']) {
      const person = await forum.member(name)
      const id = await idOf(forum, name)
      await leave(person, 'keep')
      const [login] = await Promise.all([sayPassword(forum, name), keepRetention(forum, inTwoWeeks)])
      const [row] = await forum.database.select().from(members).where(eq(members.id, id))
      const open = await forum.database.select().from(sessions).where(eq(sessions.memberId, id))
      if (login.asked.status === 303) t.match(row, { username: name, leftAt: null, erasedAt: null })
      else {
        t.match(row, { username: null, formerUsername: null })
        t.ok(row?.erasedAt)
        t.equal(open.length, 0)
      }
    }
  })

  t.test('a name is not free for a moment while its account is erased', async (t) => {
    const person = await forum.member('Maëlle')
    await leave(person, 'keep')
    const answers = await Promise.all([
      ...Array.from({ length: 4 }, () =>
        forum.passerBy().post('/register', { username: 'Maelle', password: PASSWORD }),
      ),
      keepRetention(forum, inTwoWeeks),
      forum.passerBy().post('/register', { username: 'Maelle', password: PASSWORD }),
    ])
    t.same(
      answers.flatMap((answer) => (answer ? [answer.status] : [])),
      [422, 422, 422, 422, 422],
    )
  })
})

async function firstPost({ database }: TestForum, thread: number): Promise<number> {
  const [post] = await database.select({ id: posts.id }).from(posts).where(eq(posts.threadId, thread)).orderBy(posts.id)
  return post?.id ?? 0
}
