import { readFile } from 'node:fs/promises'
import Fastify from 'fastify'
import { Pool } from '../../src/platform/database/pool.ts'
import type { Statement } from '../support/statements.ts'

/**
 * The limit: what Fastify does on this machine with nothing to do. `limit-server.ts BYTES` answers a constant string of
 * that length at every address. `limit-server.ts BYTES QUERIES` asks before what the file lists for the page (`/0`, `/1`,
 * …), and makes nothing of the answers: not even numbers, dates or objects.
 */
const [bytes, file] = process.argv.slice(2)
const constant = 'a'.repeat(Number(bytes))
const ask = file ? asker(JSON.parse(await readFile(file, 'utf8'))) : null
const app = Fastify()
app.get<{ Params: { '*': string } }>('/*', async (request, reply) => {
  if (ask) await ask(Number(request.params['*']))
  return reply.type('text/html; charset=utf-8').send(constant)
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })

function asker(pages: readonly Statement[][]): (page: number) => Promise<unknown> {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
  const types = { getTypeParser: () => (text: string) => text }
  const queries = pages.map((statements) =>
    statements.map(({ name, text, values }) => ({ name, text, values: [...values], rowMode: 'array' as const, types })),
  )
  return (page) => Promise.all((queries[page] ?? []).map((query) => pool.query(query)))
}
