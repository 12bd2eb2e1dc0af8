import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { digestReader, sendDigests } from '../../support/mail.ts'
import { MailServer } from '../../support/mail-server.ts'
import { linksIn } from '../../support/mailbox.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

t.test('what a digest tells', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000' })
  const { person: zoe } = await digestReader(forum, 'zoe')
  const bob = await forum.member('Bob', 'moderator')
  await zoe.post('/boards/marseille/subscription', { level: 'following' })
  const reply = (thread: { id: number }, body: string) => bob.post(`/threads/${thread.id}/replies`, { body })
  const removePost = async (thread: { id: number; slug: string }, number: number) => {
    const page = await bob.get(`/threads/${thread.id}/${thread.slug}`)
    const form = page.document.querySelector(`#post-${number} form[action$="/delete"]`)
    return bob.post(form?.getAttribute('action') ?? '')
  }
  const digest = async () => {
    const before = server.received.length
    await sendDigests(forum)
    const mails = server.received.slice(before)
    t.ok(mails.length <= 1)
    return { subject: mails[0]?.mail.subject ?? '', text: mails[0]?.mail.text ?? '', received: mails[0] ?? null }
  }

  await t.test('replies to one’s own new thread, as replies', async (t) => {
    const { thread } = await threadBy(forum, 'zoe', { title: 'Le pont' })
    await reply(thread, 'Deux caméras.')
    const { subject, text } = await digest()
    t.equal(subject, '[Contrechamp] Marseille\u202f: 1 réponse')
    t.match(text, /\* Le pont\n {2}Une réponse, par Bob\n {2}Marseille · .+\n {2}Deux caméras\./)
  })

  await t.test('as many posts as there are, without what is deleted and what one has written', async (t) => {
    const { thread } = await threadBy(forum, 'Bob', { title: 'La gare' })
    for (const number of [2, 3, 4]) await reply(thread, `Réponse ${number}`)
    await zoe.post(`/threads/${thread.id}/replies`, { body: 'Vue de loin.' })
    t.equal((await removePost(thread, 3)).status, 303)
    const { subject, text } = await digest()
    t.equal(subject, '[Contrechamp] Marseille\u202f: 1 sujet, 2 réponses')
    t.match(text, 'Nouveau sujet, par Bob, et 2 réponses')
  })

  await t.test('a post that speaks to its reader once', async (t) => {
    const { thread } = await threadBy(forum, 'Bob', { title: 'Le tunnel' })
    await reply(thread, 'Et @zoe, qu’en dit-on ?')
    await reply(thread, 'Rien encore.')
    const { subject, text } = await digest()
    t.equal(subject, '[Contrechamp] Marseille\u202f: 1 message pour vous, 1 sujet, 1 réponse')
    t.equal(text.match(/qu’en dit-on/g)?.length, 1)
    t.match(text, /POUR VOUS\n=+\n\n\* Le tunnel\n {2}Bob vous mentionne\n/)
  })

  await t.test('nothing of what was muted since, not even what speaks to its reader', async (t) => {
    const { thread } = await threadBy(forum, 'Bob', { title: 'Trop', body: 'Pour @zoe.' })
    await zoe.post(`/threads/${thread.id}/subscription`, { level: 'muted' })
    t.equal((await digest()).received, null)
    await threadBy(forum, 'Bob', { title: 'Trop encore', body: 'Pour @zoe.', boards: ['nice'] })
    await zoe.post('/boards/nice/subscription', { level: 'muted' })
    t.equal((await digest()).received, null)
    await zoe.post('/boards/nice/subscription', { level: 'none' })
  })

  await t.test('nothing of a thread that was removed, nor of a board that was declared read', async (t) => {
    const { thread } = await threadBy(forum, 'Bob', { title: 'Retiré', body: 'Pour @zoe.' })
    await bob.post(`/threads/${thread.id}/remove`)
    await threadBy(forum, 'Bob', { title: 'Déjà vu dans la liste' })
    await zoe.post('/boards/marseille/read')
    t.equal((await digest()).received, null)
  })

  await t.test('a crossing by its name', async (t) => {
    await zoe.post('/cities/nice/big-data/subscription', { level: 'following' })
    await threadBy(forum, 'Bob', { title: 'À Nice seulement', boards: ['nice'] })
    await threadBy(forum, 'Bob', { title: 'Croisé', boards: ['nice', 'big-data'] })
    const { subject, text } = await digest()
    t.equal(subject, '[Contrechamp] Nice × Big Data\u202f: 1 sujet')
    t.notMatch(text, 'À Nice seulement')
  })

  await t.test('what was read up to a post, from the next one on', async (t) => {
    const { thread } = await threadBy(forum, 'Bob', { title: 'Lu à moitié' })
    await zoe.get(`/threads/${thread.id}/${thread.slug}`)
    const read = `select from reads where thread_id = ${thread.id} and number = 1`
    await until(async () => (await forum.database.execute(read)).rows.length > 0)
    await reply(thread, 'La suite.')
    const { text, received } = await digest()
    t.match(text, /\* Lu à moitié\n {2}Une réponse, par Bob\n {2}.+\n {2}La suite\./)
    const [first = ''] = received ? linksIn(received.mail, forum.origin) : []
    t.match((await zoe.get(first)).location, /#post-2$/)
  })

  await t.test('twenty things at the most, what speaks to its reader first, and how many more there are', async (t) => {
    for (let number = 1; number <= 13; number += 1)
      await threadBy(forum, 'Bob', { title: `Appel numéro ${number}`, body: 'Pour @zoe.', boards: ['paris'] })
    for (let number = 1; number <= 15; number += 1) await threadBy(forum, 'Bob', { title: `Sujet numéro ${number}` })
    const { text, subject } = await digest()
    t.equal(subject, '[Contrechamp] Marseille…\u202f: 13 messages pour vous, du nouveau dans 15 sujets')
    const titles = [...text.matchAll(/^\* (.*)$/gm)].map(([, title]) => title)
    t.equal(titles.length, 20)
    t.ok(titles.slice(0, 10).every((title) => title?.startsWith('Appel')))
    t.match(text, `Et 3 autres messages pour vous\n${forum.origin}/notifications`)
    t.match(text, 'Et 5 autres sujets')
  })

  await t.test('less than sixty kilobytes, whatever it is written in', async (t) => {
    for (const word of ['監視カメラ ', 'مراقبة الشوارع ', 'caméras dissimulées ', '👁️ ']) {
      const title = word.repeat(160).slice(0, 150).toWellFormed()
      for (let number = 10; number <= 32; number += 1)
        await threadBy(forum, 'Bob', { title: `${number} ${title}`, body: word.repeat(100) })
      const { received, text } = await digest()
      const bytes = received?.source.length ?? 0
      t.ok(bytes > 20_000 && bytes < 60_000, `${word}: ${bytes} bytes`)
      t.match(text, /Et \d+ autres sujets/)
    }
  })
})
