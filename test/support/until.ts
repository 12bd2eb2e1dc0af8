import { setTimeout as later } from 'node:timers/promises'

/** Longer than anything takes that a test waits for, also on a busy machine. */
const PATIENCE_MILLISECONDS = 5_000

/** Between two questions, so that the asking does not keep the machine busy. */
const PAUSE_MILLISECONDS = 5

/**
 * Asks again until something is so.
 * @throws Error that quotes what was waited for, when it is not so within the time.
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  milliseconds = PATIENCE_MILLISECONDS,
): Promise<void> {
  const end = Date.now() + milliseconds
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`Not so within ${milliseconds} ms: ${isSo}`)
    await later(PAUSE_MILLISECONDS)
  }
}
