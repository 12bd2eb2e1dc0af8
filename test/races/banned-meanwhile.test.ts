import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { editPost } from '../../src/forum/discussion/edit-post.ts'
import { replyToThread } from '../../src/forum/discussion/reply-to-thread.ts'
import { startThread } from '../../src/forum/discussion/start-thread.ts'
import { imposeSanction } from '../../src/forum/moderation/impose-sanction.ts'
import { posts } from '../../src/schema/posts.ts'
import { startForum, type TestForum } from '../support/forum.ts'
import { idOf, threadBy } from '../support/threads.ts'
import { until } from '../support/until.ts'
import { waitingForLocks } from '../support/waiting-for-locks.ts'

t.test('who is banned or silenced while their text is rendered does not have the last word', async (t) => {
  const forum = await startForum(t)
  const mira = await forum.member('Mira', 'moderator')
  const admin = await forum.member('Ada', 'admin')
  for (const [name, verb] of [
    ['Zoé', 'ban'],
    ['Karim', 'silence'],
  ] as const) {
    await forum.member(name)
    const { thread, id } = await threadBy(forum, name)
    // As they were when their request was let in.
    const author = { id: await idOf(forum, name), role: 'member' as const, language: 'fr' as const }
    t.equal((await mira.post(`/members/${encodeURIComponent(name)}/${verb}`, { reason: 'Menaces.' })).status, 303)
    const before = await forum.database.$count(posts)
    const writing: (() => Promise<unknown>)[] = [
      () => replyToThread(forum, { thread: thread.id, author, body: 'Et encore.' }),
      () => startThread(forum, { author, title: 'Et encore', body: 'Et encore.', boards: ['nice'] }),
      () => editPost(forum, { post: id, member: author, body: 'Et encore.' }),
    ]
    for (const write of writing) await t.rejects(write(), { message: 'accounts.not_any_more' }, name)
    await admin.post('/admin/settings', { approve_first_posts: '9' })
    await t.rejects(replyToThread(forum, { thread: thread.id, author, body: 'Et encore.' }), {
      message: 'accounts.not_any_more',
    })
    await admin.post('/admin/settings', { approve_first_posts: '0' })
    t.equal(await forum.database.$count(posts), before)
    await mira.post(`/members/${encodeURIComponent(name)}/lift`)
    t.ok((await replyToThread(forum, { thread: thread.id, author, body: 'Merci.' })).id)
  }
})

t.test('a reply that waits for its thread is there before its author is banned, or not at all', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
  const waiting = () => waitingForLocks(forum)
  const holder = await forum.database.$client.connect()
  await holder.query('begin')
  await holder.query('select from threads where id = $1 for no key update', [thread.id])
  const done: string[] = []
  const replied = replyToThread(forum, { thread: thread.id, author, body: 'Et encore.' }).then(() => done.push('reply'))
  await until(async () => (await waiting()) === 1)
  const banned = imposeSanction(forum, { username: 'Zoé', kind: 'ban', by: null, reason: null, days: 1 }).then(() =>
    done.push('ban'),
  )
  await until(async () => (await waiting()) === 2 || done.length > 0)
  await holder.query('commit')
  holder.release()
  await Promise.all([replied, banned])
  t.same(done, ['reply', 'ban'])
})

/** Sends the head of a form, waits until the forum has looked at it, and answers how its body is sent at last. */
async function slowly(forum: TestForum, path: string, headers: Record<string, string>, body: string) {
  const length = String(Buffer.byteLength(body))
  const sent = request(forum.origin + path, {
    method: 'POST',
    headers: { expect: '100-continue', 'content-length': length, ...headers },
  })
  sent.flushHeaders()
  await once(sent, 'continue')
  return async (): Promise<number> => {
    sent.end(body)
    const [answer]: IncomingMessage[] = await once(sent, 'response')
    answer?.resume()
    return answer?.statusCode ?? 0
  }
}

t.test('a form that takes minutes to come is the one of who its sender is by then', async (t) => {
  const forum = await startForum(t)
  const ada = await forum.member('Ada', 'admin')
  const forms = { 'content-type': 'application/x-www-form-urlencoded', origin: forum.origin }
  const json = { 'content-type': 'application/json' }
  await forum.member('Zoé')
  for (const [name, path, form, answer] of [
    ['Mira', '/members/Mira/ban', { reason: 'Menaces.' }, 401],
    ['Simone', '/admin/members/Simone/role', { role: 'member' }, 403],
  ] as const) {
    const moderator = await forum.member(name, 'moderator')
    const { id, thread } = await threadBy(forum, 'Zoé')
    const token = (
      await moderator.post('/settings/tokens', { name: 'robot', scopes: ['read', 'write', 'moderate'] })
    ).text('[data-token]')
    const withCookie = { ...forms, cookie: moderator.cookieHeader }
    const withToken = { ...json, authorization: `Bearer ${token}` }
    const acts = [
      await slowly(forum, `/posts/${id}/hide`, withCookie, 'reason=Encore'),
      await slowly(forum, `/threads/${thread.id}/lock`, withCookie, 'reason=Encore'),
      await slowly(forum, `/api/v1/posts/${id}/hide`, withToken, '{"reason":"Encore"}'),
    ]
    t.equal((await ada.post(path, form)).status, 303, path)
    const statuses = await Promise.all(acts.map((send) => send()))
    t.same(statuses, [answer, answer, answer], name)
    const { rows } = await forum.database.execute(sql`
      select from posts join threads on threads.id = thread_id
      where posts.id = ${id} and (deleted_at is not null or locked_at is not null)`)
    t.equal(rows.length, 0, 'nothing of it was done')
  }
})
