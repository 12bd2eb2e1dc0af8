import { setTimeout as later } from 'node:timers/promises'

/** Longer than anything takes that a test waits for. */
const PATIENCE_MILLISECONDS = 5_000

/** On a machine so busy that few questions were answered in that time, what is waited for had no time either. */
const LEAST_QUESTIONS = 200

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
  for (let asked = 1; !(await isSo()); asked += 1) {
    if (Date.now() > end && asked >= LEAST_QUESTIONS) throw new Error(`Not so within ${milliseconds} ms: ${isSo}`)
    await later(PAUSE_MILLISECONDS)
  }
}
