import formbody from '@fastify/formbody'
import Fastify from 'fastify'
import pg from 'pg'
import { openMarkdown } from '../../src/platform/text/markdown/markdown.ts'
import { bareReply } from './bare-replies.ts'

/**
 * What no forum of ours can leave out of a reply: Fastify reads the form, the text is rendered, the rows are written. It
 * does not ask who writes, how often, or whether they may, and tells nobody. The member is in the address.
 */
const database = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const markdown = openMarkdown()
const statement = bareReply('$1', '$2::bigint', '$3')
const app = Fastify()
await app.register(formbody)
app.post<{ Params: { thread: number; member: number }; Body: { body: string } }>(
  '/threads/:thread/:member',
  async ({ params: { thread, member }, body: { body } }, reply) => {
    const { html } = await markdown.render({
      body,
      language: 'fr',
      mentions: {},
      thread: { id: thread, lastNumber: 1 },
    })
    await database.query({ name: 'bare_reply', text: statement, values: [thread, member, html] })
    return reply.redirect(`/threads/${thread}`, 303)
  },
)
app.get('/', async () => '')
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
