import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolders } from '../files/make-folders.ts'

/*
 * For a forum without a mail server: each mail becomes a file that mail programs open, called by its number, so that one
 * which is sent again after a crash is still one.
 */

const folder = (dataDir: string): string => join(dataDir, 'outbox')
const file = (dataDir: string, number: number): string =>
  join(folder(dataDir), `${String(number).padStart(8, '0')}.eml`)

/** Keeps a mail as a file that is whole or not there. */
export async function writeToOutbox(dataDir: string, number: number, source: Buffer): Promise<void> {
  await makeFolders(folder(dataDir), 0o700)
  const unfinished = `${file(dataDir, number)}.unfinished`
  try {
    await writeFile(unfinished, source, { mode: 0o600 })
    await rename(unfinished, file(dataDir, number))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

/** The numbers of the mails that are kept, the newest first, below one. */
export async function outboxNumbers(dataDir: string, before: number): Promise<number[]> {
  const files = await readdir(folder(dataDir)).catch(() => [])
  return files
    .flatMap((name) => /^(\d+)\.eml$/.exec(name)?.[1] ?? [])
    .map(Number)
    .filter((number) => number < before)
    .sort((one, other) => other - one)
}

/** A mail as it would have been sent; null when there is none of that number. */
export const outboxSource = (dataDir: string, number: number): Promise<Buffer | null> =>
  readFile(file(dataDir, number)).catch(() => null)

/**
 * Removes the mails that were written before a moment, with what was left unfinished: they name people, and stay where a mail
 * server has been set since.
 */
export async function forgetOutbox(dataDir: string, before: Date): Promise<void> {
  const files = await readdir(folder(dataDir)).catch(() => [])
  for (const name of files.filter((name) => /^\d+\.eml(?:\.unfinished)?$/.test(name))) {
    const path = join(folder(dataDir), name)
    const { mtime } = await stat(path)
    if (mtime < before) await rm(path)
  }
}
