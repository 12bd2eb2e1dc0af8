import { chown, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { OperatorError } from '../../process/operator-error.ts'
import type { DatabaseUser } from './database-user.ts'
import type { Programs } from './programs.ts'
import { type ProgramOptions, reasonOf, runProgram } from './run-program.ts'

const LOCALE = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
/** The socket is in a folder that only its owner enters, so no password is needed. */
const OWNER = ['--username=contrechamp', '--auth=trust']
const UNFINISHED = 'postgres.unfinished-'

/**
 * Makes the folder `postgres` with an empty database in it. It is made beside its final place and renamed, so that a
 * half-made one is never taken for a whole one; and under a new name each time, because the programs of a forum that
 * was killed over it may still be at work.
 * @throws OperatorError when it cannot be made: the disk is full, say.
 */
export async function createCluster(
  dataDir: string,
  { initdb, postgres }: Programs,
  { identity }: DatabaseUser,
  options: ProgramOptions,
): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(UNFINISHED)) await rm(join(dataDir, name), { recursive: true, force: true, maxRetries: 5 })
  }
  const unfinished = await mkdtemp(join(dataDir, UNFINISHED))
  try {
    if (identity.uid !== undefined) await chown(unfinished, identity.uid, identity.gid)
    await runProgram(initdb, ['--pgdata', unfinished, ...OWNER, ...LOCALE, '--no-instructions'], options)
    const input = 'create database contrechamp;\n'
    await runProgram(postgres, ['--single', '-D', unfinished, 'postgres'], { ...options, input })
    await rename(unfinished, join(dataDir, 'postgres'))
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw new OperatorError(`The database could not be created in ${dataDir}: ${reasonOf(String(error))}`)
  }
}
