import { sql } from 'drizzle-orm'
import t from 'tap'
import { replyToThread } from '../../src/forum/discussion/reply-to-thread.ts'
import { startThread } from '../../src/forum/discussion/start-thread.ts'
import { sweepNotifications } from '../../src/forum/notices/sweep.ts'
import { atOnce } from '../support/at-once.ts'
import { startForum } from '../support/forum.ts'
import { crowdWatches, notifiedIn } from '../support/notifications.ts'
import { idOf, threadBy } from '../support/threads.ts'

for (const watchers of [90, 300]) {
  t.test(`replies at once in threads that the same ${watchers} members watch, who all chose mails`, async (t) => {
    const forum = await startForum(t, { DATABASE_POOL: '12' })
    const { database } = forum
    await forum.member('Bob')
    const author = { id: await idOf(forum, 'Bob'), role: 'member', language: 'fr' } as const
    const threads = [await threadBy(forum, 'Bob'), await threadBy(forum, 'Bob')].map(({ thread }) => thread.id)
    for (const thread of threads) await crowdWatches(forum, thread, watchers)
    await database.execute(sql`
      insert into digest_settings (member_id, notify_by_mail) select id, true from members where username like 'foule%'`)
    await database.execute(sql`
      insert into board_subscriptions (member_id, board_id, level)
      select members.id, boards.id, 'watching' from members cross join boards
      where username like 'foule%' and slug in ('nice', 'lyon')`)

    const replies = await atOnce(40, (index) =>
      replyToThread(forum, { thread: threads[index % 2] ?? 0, author, body: `Réponse ${index}` }),
    )
    t.same(new Set(replies.map(({ status }) => status)), new Set(['fulfilled']))
    const started = await atOnce(20, (index) =>
      startThread(forum, {
        author,
        title: `Sujet ${index}`,
        body: 'Bonjour.',
        boards: index % 2 ? ['nice', 'lyon'] : ['lyon', 'nice'],
      }),
    )
    t.same(new Set(started.map(({ status }) => status)), new Set(['fulfilled']))
    const swept = await atOnce(4, () => sweepNotifications(forum, Number.POSITIVE_INFINITY))
    t.same(new Set(swept.map(({ status }) => status)), new Set(['fulfilled']))
    for (const thread of threads) t.equal(await notifiedIn(forum, thread), watchers, 'each is told once')
    const { rows } = await database.execute(sql`
      select from graphile_worker.jobs where task_identifier <> 'send_mails'`)
    t.equal(rows.length, 0, 'and no job waits for any of them')
  })
}
