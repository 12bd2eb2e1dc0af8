import { sql } from 'drizzle-orm'
import t from 'tap'
import { makeExports } from '../../src/forum/exports/make-exports.ts'
import { startForum } from '../support/forum.ts'
import { correspondents, digestReader, sendDigests } from '../support/mail.ts'
import { openMailbox } from '../support/mailbox.ts'
import { tokenOf } from '../support/program.ts'
import { routesOf } from '../support/routes.ts'
import { unzipped } from '../support/unzipped.ts'

/** A word that each secret has, to ask for; and one that nobody asks for, which must not come back. */
const ASKED = 'aubergine'
const SECRET = /secret[a-z]+dit/i

/** Values for the parameters of an address. */
const PARTS: Record<string, readonly string[]> = {
  ':slug': ['nice', 'marseille', 'drones', '-'],
  ':technology': ['drones'],
  ':username': ['Victime', 'Nour'],
  ':number': ['1', '2', '3', '4', '5'],
  ':part': ['1'],
}

/** All addresses of a pattern, with each value of each of its parameters. */
function addressesOf(pattern: string, ids: readonly number[]): string[] {
  const [part] = /:[a-z]+/.exec(pattern) ?? []
  if (!part) return [pattern]
  const values = part === ':id' ? ids.map(String) : (PARTS[part] ?? ['1'])
  return values.flatMap((value) => addressesOf(pattern.replace(part, value), ids))
}

t.test('what is held, hidden, taken back, removed or erased is told by no address to others', async (t) => {
  const mailbox = await openMailbox(t)
  const forum = await startForum(t, { SMTP_URL: mailbox.url })
  const ada = await forum.member('Ada', 'admin')
  const mira = await forum.member('Mira', 'moderator')
  const { person: karim } = await digestReader(forum, 'Karim')
  await karim.post('/settings/email', { action: 'notifications', mail: 'all' })
  await karim.post('/boards/nice/subscription', { level: 'watching' })
  await correspondents(forum, 'Témoin')
  const victim = await forum.member('Victime')
  const start = async (word: string) => {
    const fields = {
      title: `${ASKED} secret${word}dit`,
      body: `${ASKED} secret${word}dit @Karim`,
      boards: ['nice', 'drones'],
    }
    return Number(/threads\/(\d+)/.exec((await victim.post('/threads', fields)).location ?? '')?.[1])
  }
  const started = await mira.post('/threads', { title: 'Relevé ouvert', body: ASKED, boards: ['nice', 'drones'] })
  const open = Number(/threads\/(\d+)/.exec(started.location ?? '')?.[1])
  const idAt = async (thread: number, number: number) =>
    (
      await forum.database.execute<{ id: number }>(sql`
      select id::int from posts where thread_id = ${thread} and number = ${number}`)
    ).rows[0]?.id ?? 0
  const reply = async (word: string) => {
    const sent = await victim.post(`/threads/${open}/replies`, { body: `${ASKED} secret${word}dit @Karim` })
    return idAt(open, Number(sent.location?.split('#post-')[1]))
  }
  const [hidden, taken, erased] = [await reply('hidden'), await reply('taken'), await reply('erased')]
  const [removed, merged, gone] = [await start('removed'), await start('purged'), await start('gone')]
  await karim.post(`/threads/${open}/replies`, { body: 'Je réponds.', reply_to: '2' })
  await karim.post(`/posts/${hidden}/flag`, { reason: 'private', note: 'Regardez.' })
  await mira.post(`/posts/${hidden}/hide`, { reason: 'Données' })
  await victim.post(`/posts/${taken}/delete`)
  await ada.post(`/posts/${erased}/erase`, { reason: 'Données' })
  await mira.post(`/threads/${removed}/remove`)
  await ada.post(`/posts/${await idAt(gone, 1)}/erase`, { reason: 'Données' })
  await mira.post(`/threads/${merged}/remove`)
  await ada.post('/admin/settings', { approve_first_posts: '5' })
  const nour = await forum.member('Nour')
  await nour.post(`/threads/${open}/replies`, { body: `${ASKED} secretheldsaiddit @Karim` })
  await nour.post('/threads', { title: `${ASKED} secretwaitingdit`, body: 'secretwaitingdit', boards: 'nice' })
  t.equal((await forum.database.execute(sql`select from posts where held_at is not null`)).rows.length, 2)

  const { rows } = await forum.database.execute<{ id: number }>(sql`
    select id::int from posts union select id::int from threads`)
  const ids = rows.map(({ id }) => id)
  const token = { authorization: `Bearer ${await tokenOf(karim, 'read', 'write', 'moderate')}` }
  const routes = (await routesOf(t, forum)).filter(({ method }) => method === 'GET' || [method].flat().includes('GET'))
  const addresses = routes.flatMap(({ url }) => addressesOf(url, ids))
  const searches = ['', '.atom', '.json'].map((form) => `/search${form}?q=${ASKED}`)
  const more = [`/api/v1/search?q=${ASKED}`, `/threads/${open}/x?reply_to=2`, `/threads/${open}/x?quote=5`]
  const asked = [...addresses, ...searches, ...more, '/live'].filter(
    (address) => !/assets|unsubscribe|admin|icon|sitemap\/|settings|opensearch/.test(address),
  )
  t.ok(asked.length > 300, `${asked.length} addresses`)
  t.match((await mira.follow(`/threads/${open}`)).body, SECRET, 'moderators can read it')
  t.match((await nour.follow(`/threads/${open}`)).body, SECRET, 'and whoever wrote it')
  const ask = async (address: string) => {
    const answers = address.startsWith('/api/')
      ? [forum.passerBy().get(address), forum.passerBy().get(address, token)]
      : [forum.passerBy().get(address), karim.get(address)]
    for (const { body, location, status } of await Promise.all(answers)) {
      t.notMatch(`${body} ${location}`, SECRET, `${address} ${status}`)
    }
  }
  for (let first = 0; first < asked.length; first += 10) {
    await Promise.all(asked.slice(first, first + 10).map(ask))
  }

  await sendDigests(forum)
  for (const { subject, text, html } of mailbox.received)
    t.notMatch(`${subject} ${text} ${html}`, SECRET, subject ?? '')
  t.ok(mailbox.received.length > 0, 'mails went out')
  await karim.post('/settings/data/export')
  await makeExports(forum)
  const archive = await fetch(`${forum.origin}/settings/data/export`, { headers: { cookie: karim.cookieHeader } })
  const files = unzipped(Buffer.from(await archive.arrayBuffer()))
  t.ok(files.size > 3)
  for (const [name, text] of files) t.notMatch(text, SECRET, name)
})
