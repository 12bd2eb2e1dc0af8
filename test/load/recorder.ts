import { pino } from 'pino'
import { openForum } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { buildApp } from '../../src/web/app.ts'
import { type Statement, statementsDuring } from '../support/statements.ts'
import type { DemoData } from './demo-data.ts'
import type { LoadedRequest } from './load.ts'

/** A forum in this process that is asked for pages to learn what they ask the database. */
export interface Recorder extends AsyncDisposable {
  /** With whose request it is, the list of boards and the map of crossings known, as they are to a forum that runs. */
  queriesOf(page: LoadedRequest): Promise<Statement[]>
}

export async function openRecorder(data: DemoData): Promise<Recorder> {
  const config = readConfig({ DATABASE_URL: data.url, DATA_DIR: data.folder, RATE_LIMITS: 'off' })
  const forum = await openForum(config, data.url, pino({ level: 'error' }))
  const app = await buildApp(forum)
  async function ask({ path, headers }: LoadedRequest): Promise<void> {
    const { statusCode } = await app.inject({ url: path, headers })
    if (statusCode !== 200) throw new Error(`${path}: status ${statusCode}`)
  }
  return {
    async queriesOf(page) {
      await ask({ path: '/', headers: page.headers })
      return (await statementsDuring(() => ask(page))).filter(({ text }) => /^\s*(select|with)\b/i.test(text))
    },
    async [Symbol.asyncDispose]() {
      await app.close()
      await forum.close()
    },
  }
}
