import { tooMany } from '../problem.ts'

/** How many owners are remembered; the one whose last text is oldest is forgotten first. */
const MOST_REMEMBERED = 10_000

export interface Budget {
  /** How many milliseconds an owner has used that have not been refilled yet. */
  usedBy(owner: string): number
  use(owner: string, milliseconds: number): void
  /** In how many seconds an owner has something to use again; 0: they have now. */
  secondsUntil(owner: string): number
  /**
   * @param share the part of the budget that this kind of work may use up.
   * @throws Problem 429, with the time to wait, when it is used up.
   */
  mustHave(owner: string, share: number): void
}

/** A token bucket for each owner: `most` milliseconds, refilled evenly within `over` milliseconds. Each process has its own. */
export function openBudget({ most, over }: { most: number; over: number }): Budget {
  const used = new Map<string, { milliseconds: number; at: number }>()
  const refilled = (since: number) => ((performance.now() - since) * most) / over

  function usedBy(owner: string): number {
    const known = used.get(owner)
    return known ? Math.max(0, known.milliseconds - refilled(known.at)) : 0
  }

  function secondsUntil(owner: string, share = 1): number {
    const excess = usedBy(owner) - most * share
    return excess > 0 ? Math.max(1, Math.ceil((excess * over) / most / 1_000)) : 0
  }

  return {
    usedBy,
    secondsUntil,
    use(owner, milliseconds) {
      const total = usedBy(owner) + milliseconds
      used.delete(owner)
      used.set(owner, { milliseconds: total, at: performance.now() })
      const [oldest] = used.keys()
      if (used.size > MOST_REMEMBERED && oldest !== undefined) used.delete(oldest)
    },
    mustHave(owner, share) {
      const seconds = secondsUntil(owner, share)
      if (seconds > 0) throw tooMany(seconds)
    },
  }
}
