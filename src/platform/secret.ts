import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { OperatorError } from '../operator-error.ts'

/** The key of everything that the forum signs: from the settings, or made once and kept in the data folder. */
export async function forumSecret({ secret, dataDir }: Config): Promise<string> {
  if (secret) return secret
  const file = join(dataDir, 'secret')
  try {
    await mkdir(dataDir, { recursive: true })
    const made = randomBytes(32).toString('base64url')
    await writeFile(file, made, { flag: 'wx', mode: 0o600 })
    return made
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw cannotKeep(dataDir)
    await chmod(file, 0o600).catch(() => {})
    return (await readFile(file, 'utf8').catch(() => Promise.reject(cannotKeep(dataDir)))).trim()
  }
}

const cannotKeep = (dataDir: string) =>
  new OperatorError(`DATA_DIR ${dataDir} is not writable. Choose a folder you may write in.`)
