import formbody from '@fastify/formbody'
import Fastify from 'fastify'
import pg from 'pg'
import { openMarkdown } from '../../src/platform/text/markdown/markdown.ts'
import { ordinaryReply } from './reply-body.ts'

/**
 * What no forum of ours can leave out of a reply: Fastify reads the form, the text is rendered, the rows are written. It
 * does not ask who writes, how often, or whether they may, and announces nothing. The member is in the address.
 */
const database = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const markdown = openMarkdown()

/** The rows that a reply writes, in one statement as the forum's. */
const REPLY = `
  with taken as (
    update threads
    set last_number = last_number + 1, reply_count = reply_count + 1, last_post_at = clock_timestamp(),
        last_author_id = $2, heat = heat + 0.001
    where id = $1 returning id, last_number, last_post_at
  ),
  listed as (
    update thread_boards set active_at = taken.last_post_at from taken where thread_boards.thread_id = taken.id
  ),
  crossed as (
    update crossing_threads set active_at = taken.last_post_at from taken where crossing_threads.thread_id = taken.id
  ),
  subscribed as (
    insert into thread_subscriptions (member_id, thread_id, level)
    select $2, id, 'watching' from taken on conflict do nothing
  ),
  told as (
    insert into notifications (member_id, kind, thread_id, number)
    select member_id, 'reply', taken.id, taken.last_number
    from taken cross join (
      select member_id from thread_subscriptions where thread_id = $1 and level = 'watching' and member_id <> $2
      except
      select member_id from notifications
      where thread_id = $1 and kind = 'reply' and read_at is null and mailed_at is null
    ) as untold
    on conflict do nothing
  )
  insert into posts (thread_id, number, author_id, body, body_html, html_version, excerpt, language, created_at)
  select id, last_number, $2, $3, $4, 1, $5, 'fr', last_post_at from taken`

const app = Fastify()
await app.register(formbody)
app.post<{ Params: { thread: number; member: number }; Body: { body: string } }>(
  '/threads/:thread/:member',
  async ({ params: { thread, member }, body: { body } }, reply) => {
    const { html } = await markdown.render({
      body,
      language: 'fr',
      mentions: {},
      numbers: { path: `/threads/${thread}/posts/`, last: 1 },
    })
    const values = [thread, member, body, html, ordinaryReply.excerpt]
    await database.query({ name: 'reply', text: REPLY, values })
    return reply.redirect(`/threads/${thread}`, 303)
  },
)
app.get('/', async () => '')
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
