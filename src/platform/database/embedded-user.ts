import { execFile } from 'node:child_process'
import { access, constants, stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'
import { OperatorError } from '../../operator-error.ts'

const run = promisify(execFile)

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
  if (process.getuid?.() !== 0) {
    if (owner && owner.uid !== process.getuid?.()) {
      throw new OperatorError(
        `The data in ${cluster} belongs to another user: start the forum as its owner, or as root.`,
      )
    }
    return { name: userInfo().username, identity: {} }
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
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return null
  }
}

/** Whether that user may enter a folder, or run a program. */
export async function reaches(path: string, user: DatabaseUser): Promise<boolean> {
  return run('test', ['-x', path], user.identity).then(
    () => true,
    () => false,
  )
}

/** @throws OperatorError when we cannot write in the data folder, or the database's user cannot enter it. */
export async function mustReach(dataDir: string, user: DatabaseUser): Promise<void> {
  const writable = await access(dataDir, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  if (!writable) throw new OperatorError(`DATA_DIR ${dataDir} is not writable. Choose a folder you may write in.`)
  if (!(await reaches(dataDir, user))) {
    throw new OperatorError(
      `The database's user "${user.name}" cannot enter ${dataDir}: a folder above it is closed to others. ` +
        'Set DATA_DIR to an open place such as /var/lib/contrechamp, or start the forum as an ordinary user.',
    )
  }
}
