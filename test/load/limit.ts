import { freePort } from '../support/free-port.ts'
import { firstAnswer, type Program, startProgram } from './program.ts'

/** The limit server, answering with so many bytes; with a database, after the queries of a thread's page. */
export async function startLimit(bytes: number, database?: string): Promise<Program> {
  const file = `${import.meta.dirname}/limit-server.ts`
  const limit = startProgram(file, [String(bytes)], {
    port: await freePort(),
    output: 'ignore',
    ...(database && { settings: { DATABASE_URL: database } }),
  })
  await firstAnswer(limit, '/1')
  return limit
}
