import { Problem } from '../http/errors.ts'

export const busy = (): Problem => new Problem(503, 'errors.busy', { retryAfter: 5 })

/**
 * Lets so many work at a time and the others wait, in order.
 * @returns a function that resolves when it is one's turn, to the function that ends it. It throws Problem 503 when
 * too many are waiting already, or one waits for too long.
 */
export function openTurns(limits: { atOnce: number; waiting: number; wait: number }): () => Promise<() => void> {
  const waiting: (() => void)[] = []
  let working = 0

  function end(): void {
    const next = waiting.shift()
    if (next) next()
    else working -= 1
  }

  return async function begin() {
    if (working < limits.atOnce) {
      working += 1
      return end
    }
    if (waiting.length >= limits.waiting) throw busy()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const tired = setTimeout(() => {
      waiting.splice(waiting.indexOf(resolve), 1)
      reject(busy())
    }, limits.wait)
    waiting.push(resolve)
    await promise
    clearTimeout(tired)
    return end
  }
}
