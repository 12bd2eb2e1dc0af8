import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { makeDataFolder } from '../database/embedded/data-folder.ts'
import { databaseUser } from '../database/embedded/database-user.ts'
import { startEmbedded } from '../database/embedded/embedded.ts'
import { lockFolder } from '../database/embedded/folder-lock.ts'
import type { ServerSettings } from '../database/embedded/server.ts'
import { knownMigrations, migrateDatabase } from '../database/migrations.ts'
import { OperatorError } from '../process/operator-error.ts'
import { stageFiles } from './data-files.ts'
import { decryptedBy, type Encrypt, plain } from './encryption.ts'
import { openTarget } from './load-database.ts'
import { ArchiveReader } from './read-archive.ts'
import { checkOf, type SavedSettings } from './save-forum.ts'

/**
 * Tables that are made and filled in one transaction then need no log: they are on the disk before it is committed, and
 * gone where it is not (PostgreSQL's manual, 14.4.7). It would be as large as the forum, and waited for again and again.
 */
const LOADING: ServerSettings = { wal_level: 'minimal', max_wal_senders: '0', archive_mode: 'off' }

export interface LoadOptions {
  /** Whether a forum that is there already makes room. */
  replace: boolean
  /** The file with the secret key of age; null: it is not encrypted. */
  identity: string | null
}

export interface Loaded {
  /** Tables of the archive that this forum has no place for. */
  unknown: string[]
}

/**
 * Puts a forum back from its archive, and calls `check` with the database's address while nobody else uses it. All that can
 * be wrong with the archive is looked for before anything is touched.
 * @throws OperatorError when the archive is cut, altered, newer than this version, encrypted for somebody else, or of
 * another secret; when there is a forum already and it is not to be replaced; when one runs.
 */
export async function loadForum(
  settings: SavedSettings,
  path: string,
  { replace, identity }: LoadOptions,
  check: (databaseUrl: string) => Promise<void>,
): Promise<Loaded> {
  await using archive = await ArchiveReader.open(path)
  mustBeKnown(archive, path)
  await archive.verify()
  const decrypt = await decryption(archive, path, identity)
  await mustFitSecret(archive, decrypt, settings, replace)
  await mustHaveRoom(settings.dataDir, replace)

  await using place = await holdPlace(settings)
  await using target = await openTarget(place.url, replace)
  await makeDataFolder(settings.dataDir, await databaseUser(join(settings.dataDir, 'postgres')))
  const putFiles = await stageFiles(settings.dataDir, archive, decrypt)
  const unknown = await target.load({ archive, decrypt })
  await putFiles()
  await migrateDatabase(place.url)
  await check(place.url)
  return { unknown }
}

function mustBeKnown({ manifest }: ArchiveReader, path: string): void {
  const known = knownMigrations()
  if (known.includes(manifest.schema)) return
  const isNewer = manifest.schema > (known.at(-1) ?? 0)
  throw new OperatorError(
    isNewer
      ? `${path} was made by a newer version of the forum: restore it with that version.`
      : `${path} was made by a version of the forum that was never released: restore it with that version.`,
  )
}

/** A wrong key is found out here, by the smallest part. */
async function decryption(archive: ArchiveReader, path: string, identity: string | null): Promise<Encrypt> {
  const { recipient, parts } = archive.manifest
  if (recipient === null) return plain
  if (identity === null)
    throw new OperatorError(`${path} is encrypted for ${recipient}: add --identity FILE with its secret key.`)
  const decrypt = await decryptedBy(identity)
  const [smallest] = parts.filter(({ kind }) => kind === 'jobs')
  try {
    if (smallest) await buffer(archive.read(smallest, decrypt))
  } catch {
    throw new OperatorError(`${path} is encrypted for ${recipient}: the key in ${identity} does not open it.`)
  }
  return decrypt
}

/** Mails that wait, second factors and links are sealed with the secret: with another one nobody can read them. */
async function mustFitSecret(
  archive: ArchiveReader,
  decrypt: Encrypt,
  { secret, dataDir }: SavedSettings,
  replace: boolean,
): Promise<void> {
  const { secretCheck, parts } = archive.manifest
  const kept = parts.find(({ kind }) => kind === 'secret')
  if (secret && checkOf(secret) !== secretCheck)
    throw new OperatorError(
      kept
        ? 'SECRET is not the one of the backup: leave it unset, and the one in the backup is used.'
        : 'SECRET is not the one of the forum that was saved: set it as it was there.',
    )
  if (secret) return
  if (!kept) throw new OperatorError('The backup holds no secret, because SECRET was set: set it as it was there.')
  if (checkOf((await buffer(archive.read(kept, decrypt))).toString('utf8')) !== secretCheck)
    throw new OperatorError('The secret in the backup is damaged.')
  const there = await readFile(join(dataDir, 'secret'), 'utf8').catch(() => null)
  if (there !== null && !replace && checkOf(there.trim()) !== secretCheck)
    throw new OperatorError(
      `There is another forum's secret in ${dataDir}: to put the backup in its place, add --replace.`,
    )
}

async function mustHaveRoom(dataDir: string, replace: boolean): Promise<void> {
  const files = await readdir(join(dataDir, 'files')).catch(() => [])
  if (files.length > 0 && !replace)
    throw new OperatorError(`There are files in ${dataDir} already: to put the backup in their place, add --replace.`)
}

/** Where the database is, and the data folder for us alone, where there is one. */
async function holdPlace({ databaseUrl, dataDir }: SavedSettings): Promise<AsyncDisposable & { url: string }> {
  if (databaseUrl) {
    const lock = existsSync(dataDir) ? lockFolder(dataDir) : { [Symbol.dispose]() {} }
    if (lock) return { url: databaseUrl, [Symbol.asyncDispose]: async () => lock[Symbol.dispose]() }
  } else {
    const started = await startEmbedded(dataDir, LOADING)
    if (started) return started
  }
  throw new OperatorError(`A forum runs on the data in ${dataDir}: stop it first. Nothing was changed.`)
}
