import Fastify from 'fastify'

/**
 * The limit: what Fastify does on this machine with nothing to do. A constant string, as long as it is told
 * (`limit-server.ts BYTES`), for every address. With a `DATABASE_URL` it asks the queries of a thread's page before,
 * and makes nothing of them.
 */
const constant = 'a'.repeat(Number(process.argv[2]))
const ask = process.env.DATABASE_URL ? await queries(process.env.DATABASE_URL) : null
const app = Fastify()
app.get<{ Params: { '*': string } }>('/*', async (request, reply) => {
  if (ask) await ask(Number(/\d+/.exec(request.params['*'])?.[0]))
  return reply.type('text/html; charset=utf-8').send(constant)
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })

async function queries(url: string): Promise<(thread: number) => Promise<unknown>> {
  const { openDatabase } = await import('../../src/platform/database/database.ts')
  const { threadById } = await import('../../src/forum/discussion/thread-queries.ts')
  const { threadPosts } = await import('../../src/forum/discussion/post-queries.ts')
  const database = await openDatabase(url, 10)
  return (thread) => Promise.all([threadById(database, thread), threadPosts(database, thread, 1)])
}
