import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolders } from '../files/make-folders.ts'
import { OperatorError } from '../process/operator-error.ts'

/** As many as `SECRET` must have. */
const SHORTEST_SECRET = 32

export interface SecretSettings {
  /** Null: made once and kept in `dataDir`. */
  secret: string | null
  /** Absolute path. */
  dataDir: string
}

/**
 * The key of everything that the site signs: from the settings, or made once and kept in the data folder.
 * @throws OperatorError when it cannot be kept or read there.
 */
export async function siteSecret({ secret, dataDir }: SecretSettings): Promise<string> {
  if (secret) return secret
  const file = join(dataDir, 'secret')
  const kept = await keptIn(file).catch(() => {
    throw new OperatorError(`The secret in DATA_DIR ${dataDir} cannot be kept: choose a folder that can be written.`)
  })
  if (kept.length >= SHORTEST_SECRET) return kept
  throw new OperatorError(`The secret in ${file} is damaged: remove that file, and another is made.`)
}

async function keptIn(file: string): Promise<string> {
  if (existsSync(file)) await chmod(file, 0o600).catch(() => {})
  else await make(file)
  return (await readFile(file, 'utf8')).trim()
}

/**
 * Written beside its place, then linked: of processes that start together, all keep the one that was first, and none
 * reads half of it.
 */
async function make(file: string): Promise<void> {
  await makeFolders(dirname(file))
  const unfinished = `${file}.${randomUUID()}`
  await writeFile(unfinished, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
  await link(unfinished, file).catch(() => {})
  await rm(unfinished)
}
