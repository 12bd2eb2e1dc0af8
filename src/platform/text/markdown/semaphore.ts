import { Problem, tooMany } from '../../problem.ts'

export const overloaded = (): Problem => new Problem(503, 'errors.busy', { retryAfter: 5 })

/** Nobody may have more texts than these waiting: a person never would, a script might. */
const MOST_WAITING_EACH = 30

export interface Work {
  /** Whose text it is: one of theirs runs at a time. Null for the forum's own work, which waits until no person does. */
  owner: string | null
  /** Short texts may take either thread, long ones only the second: so they never hold up the short ones. */
  short: boolean
  /** Whether `MOST_WAITING_EACH` holds for it. */
  limited: boolean
}

/** The right to use one of two threads, until it is released. */
export interface Permit {
  /** Thread 0 takes short texts only. */
  thread: 0 | 1
  release(): void
}

interface Waiting extends Work {
  begin(permit: Permit): void
}

interface SemaphoreLimits {
  /** How many may wait. */
  waiting: number
  /** How long one may wait, in milliseconds. */
  wait: number
  /** How much somebody has used lately: whoever has used least goes first, so that many texts of one person hold up nobody. */
  usedBy: (owner: string) => number
}

/**
 * Lets one text at a time use each of two threads. Of those that wait, the one goes first whose owner has used least, and
 * among equals the one that came first.
 * @returns a function that waits for a permit. It throws Problem 503 when too many wait already, or one waits too long;
 * 429 when too many of the same owner do.
 */
export function openSemaphore({ waiting: most, wait, usedBy }: SemaphoreLimits): (work: Work) => Promise<Permit> {
  const waiting: Waiting[] = []
  const running = new Set<string>()
  const taken = { 0: false, 1: false }

  const fits = (thread: 0 | 1, { owner, short }: Work) =>
    (thread === 1 || short) && (owner === null || !running.has(owner))
  const rank = ({ owner }: Work) => (owner === null ? Number.POSITIVE_INFINITY : usedBy(owner))

  function fill(): void {
    for (const thread of [0, 1] as const) {
      if (taken[thread]) continue
      const first = waiting.filter((one) => fits(thread, one)).reduce(lesser, null)
      if (!first) continue
      waiting.splice(waiting.indexOf(first), 1)
      taken[thread] = true
      if (first.owner !== null) running.add(first.owner)
      first.begin({ thread, release: () => release(thread, first.owner) })
    }
  }

  const lesser = (least: Waiting | null, one: Waiting) => (least === null || rank(one) < rank(least) ? one : least)

  function release(thread: 0 | 1, owner: string | null): void {
    taken[thread] = false
    if (owner !== null) running.delete(owner)
    fill()
  }

  return async function acquire(work) {
    if (waiting.length >= most) throw overloaded()
    const own = work.limited ? waiting.filter(({ owner }) => owner === work.owner) : []
    if (own.length >= MOST_WAITING_EACH) throw tooMany(60)
    const { promise, resolve, reject } = Promise.withResolvers<Permit>()
    const one = { ...work, begin: resolve }
    waiting.push(one)
    fill()
    // The forum's own work may wait: a job fails as a whole when one text of it does.
    if (work.owner === null || !waiting.includes(one)) return promise
    const timer = setTimeout(() => {
      const place = waiting.indexOf(one)
      if (place >= 0) waiting.splice(place, 1)
      reject(overloaded())
    }, wait)
    return promise.finally(() => clearTimeout(timer))
  }
}
