import { firstAnswer, freePort, type Program, startProgram } from './program.ts'

/** The limit server, answering with so many bytes. */
export async function startLimit(bytes: number): Promise<Program> {
  const file = `${import.meta.dirname}/limit-server.ts`
  const limit = startProgram(file, [String(bytes)], { port: await freePort(), output: 'ignore' })
  await firstAnswer(limit, '/')
  return limit
}
