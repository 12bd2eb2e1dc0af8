import { createReadStream, createWriteStream } from 'node:fs'
import { glob, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { OperatorError } from '../process/operator-error.ts'
import type { Encrypt } from './encryption.ts'
import type { ArchiveReader } from './read-archive.ts'
import type { ArchiveWriter } from './write-archive.ts'

/** In the data folder. */
const FILES = 'files'
const SECRET = 'secret'
/** Restored files wait under this name until the database is restored, then replace the others. */
const RESTORED = '.restored'

/** Saves the folder of files, after the database: each file that it knows of is there then. */
export async function saveFiles(dataDir: string, archive: ArchiveWriter, stop: AbortSignal): Promise<void> {
  const folder = join(dataDir, FILES)
  for await (const name of glob('**/*', { cwd: folder })) {
    const path = join(folder, name)
    if (!(await stat(path)).isFile()) continue
    await archive.add({ kind: 'file', name }, createReadStream(path), () => 0, stop)
  }
}

/** Writes secret and files of an archive beside their places; the answered function moves them there. */
export async function stageFiles(
  dataDir: string,
  archive: ArchiveReader,
  decrypt: Encrypt,
): Promise<() => Promise<void>> {
  const secret = join(dataDir, SECRET)
  const folder = join(dataDir, FILES)
  for (const path of [secret, folder]) await rm(`${path}${RESTORED}`, { recursive: true, force: true })
  const staged = new Set<string>()
  for (const part of archive.manifest.parts) {
    if (part.kind === 'secret') {
      await writeFile(`${secret}${RESTORED}`, await buffer(archive.read(part, decrypt)), { mode: 0o600, flush: true })
      staged.add(secret)
    } else if (part.kind === 'file') {
      const path = join(`${folder}${RESTORED}`, inside(part.name))
      await mkdir(dirname(path), { recursive: true })
      await pipeline(archive.read(part, decrypt), createWriteStream(path, { flush: true }))
      staged.add(folder)
    }
  }
  return async () => {
    await rm(folder, { recursive: true, force: true })
    for (const path of staged) await rename(`${path}${RESTORED}`, path)
  }
}

/** A name that leads nowhere else than into its folder. */
function inside(name: string): string {
  const path = normalize(name)
  if (!path.startsWith('..') && !path.startsWith(sep)) return path
  throw new OperatorError('The backup holds a file that belongs nowhere: it was not made by a forum.')
}
