import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { keyedHash } from '../crypto/keyed-hash.ts'
import { type SecretSettings, siteSecret } from '../crypto/secret.ts'
import { type DatabaseSettings, visitDatabase } from '../database/place.ts'
import { OperatorError } from '../process/operator-error.ts'
import { saveFiles } from './data-files.ts'
import { encryptedFor, plain } from './encryption.ts'
import { saveDatabase } from './save-database.ts'
import { ArchiveWriter } from './write-archive.ts'

export type SavedSettings = DatabaseSettings & SecretSettings

/** What tells a forum's secret from another's. It is 32 characters or more, so this gives nothing away. */
export const checkOf = (secret: string): string => keyedHash(secret, 'contrechamp backup').toString('hex')

/**
 * Saves a whole forum in one file, whether it runs or not, and moves it to its place when it is whole.
 * @param recipient a public key of age to encrypt it for; null: everybody who gets the file can read it.
 * @throws OperatorError when there is no forum, or the file cannot be written.
 */
export async function saveForum(
  settings: SavedSettings,
  path: string,
  recipient: string | null,
  stop: AbortSignal,
): Promise<{ bytes: number }> {
  const { databaseUrl, dataDir } = settings
  if (!databaseUrl && !existsSync(join(dataDir, 'postgres')))
    throw new OperatorError(`There is no forum in DATA_DIR ${dataDir}: nothing was saved.`)
  if (
    await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
  )
    throw new OperatorError(`${path} is a folder: name a file in it, or use --to ${path}.`)
  const encrypt = recipient ? encryptedFor(recipient) : plain
  await using archive = await ArchiveWriter.begin(path, encrypt)
  await using database = await visitDatabase(settings)
  const madeAt = new Date().toISOString()
  const saved = await saveDatabase(database.url, archive, stop)
  const secret = await siteSecret(settings)
  if (!settings.secret) await archive.add({ kind: 'secret', name: 'secret' }, Readable.from([secret]), () => 0, stop)
  await saveFiles(dataDir, archive, stop)
  await archive.finish({ ...saved, madeAt, recipient, secretCheck: checkOf(secret) })
  return { bytes: (await stat(path)).size }
}
