import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { SEARCH_VERSION } from '../../src/forum/search/index-old-posts.ts'
import { startEmbedded } from '../../src/platform/database/embedded/embedded.ts'
import { migrateDatabase } from '../../src/platform/database/migrations.ts'
import { HTML_VERSION } from '../../src/platform/text/markdown/markdown.ts'

const CACHE = `${import.meta.dirname}/../../node_modules/.cache`
const MAIN = `${import.meta.dirname}/../../src/main.ts`

/** The same forum in every run, so that runs can be compared. */
const UNTIL = '2026-05-01'
const POSTS_PER_THREAD = 20
const MEMBERS = 2_000

/** A forum full of made-up people, and the PostgreSQL that it lies in, with the settings that the forum gives it. */
export interface DemoData {
  posts: number
  url: string
  /** A folder for the forum's own files. */
  folder: string
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/**
 * Opens the demo data of a size; it is made the first time, and used again until posts are rendered or searched in
 * another way: the forum would go through them all again while it is measured.
 */
export async function openDemoData(posts: number, say: (line: string) => void): Promise<DemoData> {
  const folder = `${CACHE}/contrechamp-bench-${posts}-${HTML_VERSION}-${SEARCH_VERSION}`
  if (!existsSync(folder)) await make(posts, folder, say)
  const server = await startEmbedded(folder)
  if (!server) throw new Error(`${folder} is being measured by another run`)
  await migrateDatabase(server.url)
  const pool = new pg.Pool({ connectionString: server.url, max: 4, application_name: 'contrechamp bench' })
  return {
    posts,
    url: server.url,
    folder,
    query: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await pool.query<Row>(text, values)).rows,
    async close() {
      await pool.end()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Made beside its final place and renamed, so that half of a forum is never taken for a whole one. */
async function make(posts: number, folder: string, say: (line: string) => void): Promise<void> {
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o711 })
  say(`Making a forum of ${posts} posts, once …`)
  const began = Date.now()
  const size = [
    ...['--posts', posts, '--threads', posts / POSTS_PER_THREAD, '--members', MEMBERS],
    ...['--until', UNTIL],
  ]
  await promisify(execFile)(process.execPath, [MAIN, 'demo', ...size.map(String)], {
    env: { PATH: process.env.PATH, DATA_DIR: unfinished },
  })
  await rename(unfinished, folder)
  say(`Made in ${Math.round((Date.now() - began) / 1_000)} s.`)
}
