import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { OperatorError } from '../../process/operator-error.ts'

/** SQLite's code for a file that another program has locked. */
const SQLITE_BUSY = 5

/**
 * Locks a data folder for this process until it is disposed of or the process ends, in whatever way. Node knows no
 * locks on files; SQLite, which comes with it, does. Null when another process has it.
 * @throws OperatorError when the disk knows no locks.
 */
export function lockFolder(dataDir: string): Disposable | null {
  try {
    const file = new DatabaseSync(join(dataDir, 'lock'))
    file.exec('begin exclusive')
    return file
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return null
    throw new OperatorError(
      `DATA_DIR ${dataDir} cannot be locked (${error instanceof Error ? error.message : error}): choose a folder on a disk of this machine.`,
    )
  }
}
