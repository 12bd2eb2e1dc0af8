import Fastify from 'fastify'

/**
 * The limit: what Fastify does on this machine with nothing to do. A constant string, as long as it is told
 * (`limit-server.ts BYTES`), for every address.
 */
const constant = 'a'.repeat(Number(process.argv[2]))
const app = Fastify()
app.get('/*', async (_request, reply) => reply.type('text/html; charset=utf-8').send(constant))
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
