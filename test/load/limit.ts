import { writeFile } from 'node:fs/promises'
import { freePort } from '../support/free-port.ts'
import type { Statement } from '../support/statements.ts'
import type { DemoData } from './demo-data.ts'
import { firstAnswer, type Program, startProgram } from './program.ts'

const SERVER = `${import.meta.dirname}/limit-server.ts`

/** A server that answers with so many bytes, and nothing else. */
export const startLimit = (bytes: number): Promise<Program> => start([String(bytes)], {})

/** The same, after the queries of the page that is asked for: `/0` for those of the first. */
export async function startQueriesAlone(
  bytes: number,
  data: DemoData,
  pages: readonly (readonly Statement[])[],
): Promise<Program> {
  const file = `${data.folder}/queries.json`
  await writeFile(file, JSON.stringify(pages.map((statements) => statements.map(asJson))))
  return start([String(bytes), file], { DATABASE_URL: data.url })
}

async function start(words: readonly string[], settings: Record<string, string>): Promise<Program> {
  const server = startProgram(SERVER, words, { port: await freePort(), output: 'ignore', settings })
  await firstAnswer(server, '/0')
  return server
}

const asJson = ({ name, text, values }: Statement) => ({
  name,
  text,
  values: values.map((value) => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value)),
})
