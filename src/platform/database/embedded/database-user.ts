import { stat } from 'node:fs/promises'
import { OperatorError } from '../../process/operator-error.ts'
import { runProgram } from './run-program.ts'

/** Who runs the database's programs: ourselves, or another user when we are root. */
export interface DatabaseUser {
  name: string
  /** What to spawn its programs with; empty: as ourselves. */
  identity: { uid: number; gid: number } | { uid?: undefined; gid?: undefined }
}

/**
 * PostgreSQL refuses to run as root; then the owner of the data runs it, and for new data the user
 * `postgres`, or `nobody` where there is none.
 * @throws OperatorError when the data belongs to somebody else, or root has nobody to run it as.
 */
export async function databaseUser(cluster: string): Promise<DatabaseUser> {
  const owner = await stat(cluster).catch(() => null)
  const self = process.getuid?.()
  if (self !== 0) {
    if (!owner || owner.uid === self) return { name: `number ${self}`, identity: {} }
    throw new OperatorError(`The data in ${cluster} belongs to another user: start the forum as its owner, or as root.`)
  }
  if (owner?.uid === 0) {
    throw new OperatorError(
      `The data in ${cluster} belongs to root, and PostgreSQL does not run as root: give it to another user (chown -R).`,
    )
  }
  if (owner) return { name: `number ${owner.uid}`, identity: { uid: owner.uid, gid: owner.gid } }
  for (const name of ['postgres', 'nobody']) {
    const identity = await identityOf(name)
    if (identity) return { name, identity }
  }
  throw new OperatorError('PostgreSQL does not run as root: start the forum as an ordinary user, or set DATABASE_URL.')
}

async function identityOf(name: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([runProgram('id', ['-u', name]), runProgram('id', ['-g', name])])
    return { uid: Number(uid), gid: Number(gid) }
  } catch {
    return null
  }
}

/** Whether that user may enter a folder, or run a program. */
export async function reaches(path: string, { identity }: DatabaseUser): Promise<boolean> {
  return runProgram('test', ['-x', path], identity).then(
    () => true,
    () => false,
  )
}
