import { statfsSync } from 'node:fs'
import { tmpdir, totalmem } from 'node:os'

const MEMORY = '/dev/shm'

/** In bytes. A whole run keeps about a quarter of it there. */
const PLENTY = 8 * 2 ** 30

/**
 * Whether there is plenty of memory for what tests keep. To copy a database on a disk takes ten times as long, and again as
 * long where others were just dropped (ext4 gives no inode away again within five seconds).
 */
export const IN_MEMORY = hasPlenty()

/** Where tests keep what nobody needs after them. */
export const TEMPORARY_FOLDER = IN_MEMORY ? MEMORY : tmpdir()

/** Asks only what stays the same during a run: all its processes must come to the same answer. */
function hasPlenty(): boolean {
  try {
    const { blocks, bsize } = statfsSync(MEMORY)
    return Math.min(blocks * bsize, process.constrainedMemory() || Infinity, totalmem()) >= PLENTY
  } catch {
    return false
  }
}
