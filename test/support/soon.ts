import { setTimeout } from 'node:timers/promises'

const LONGEST_MILLISECONDS = 20_000
const BETWEEN_MILLISECONDS = 20

/**
 * Asks again until it is so.
 * @param what is said when it is not so in time.
 */
export async function soon(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  longest = LONGEST_MILLISECONDS,
): Promise<void> {
  const end = performance.now() + longest
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`In ${longest} ms it did not come about that ${what}`)
    await setTimeout(BETWEEN_MILLISECONDS)
  }
}
