import { access, chmod, constants } from 'node:fs/promises'
import { makeFolders } from '../../files/make-folders.ts'
import { OperatorError } from '../../process/operator-error.ts'
import { type DatabaseUser, reaches } from './database-user.ts'

/**
 * Makes the data folder, where it is not there yet.
 * @throws OperatorError when we cannot make it or write in it, or the database's user cannot enter it.
 */
export async function makeDataFolder(dataDir: string, user: DatabaseUser): Promise<void> {
  const another = user.identity.uid !== undefined
  try {
    const made = await makeFolders(dataDir)
    // Whatever the habits (umask) of the one who starts the forum: nobody looks in, and the database's user gets through.
    if (made) await chmod(dataDir, another ? 0o711 : 0o700)
    await access(dataDir, constants.W_OK | constants.X_OK)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : error
    throw new OperatorError(`DATA_DIR ${dataDir} is not a folder that can be written (${code}): choose another.`)
  }
  if (another && !(await reaches(dataDir, user))) {
    throw new OperatorError(
      `The database's user "${user.name}" cannot enter ${dataDir}: it, or a folder above it, is closed to others. ` +
        'Set DATA_DIR to an open place such as /var/lib/contrechamp, or start the forum as an ordinary user.',
    )
  }
}
