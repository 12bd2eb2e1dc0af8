import { tooMany } from '../../problem.ts'

/** More writers than these are not remembered: whose last text is oldest is forgotten first. */
const MOST_REMEMBERED = 10_000

export interface Budget {
  /** Milliseconds that somebody has used up and not been given back yet. */
  usedBy(payer: string): number
  use(payer: string, milliseconds: number): void
  /**
   * @param share the part of the budget that this kind of work may use up.
   * @throws Problem 429, with the time to wait, when it is used up.
   */
  mustHave(payer: string, share: number): void
}

/** So many milliseconds for each, given back evenly within `over` milliseconds. Lives and dies with the process. */
export function openBudget({ most, over }: { most: number; over: number }): Budget {
  const used = new Map<string, { milliseconds: number; at: number }>()
  const givenBack = (since: number) => ((performance.now() - since) * most) / over

  function usedBy(payer: string): number {
    const known = used.get(payer)
    return known ? Math.max(0, known.milliseconds - givenBack(known.at)) : 0
  }

  return {
    usedBy,
    use(payer, milliseconds) {
      const total = usedBy(payer) + milliseconds
      used.delete(payer)
      used.set(payer, { milliseconds: total, at: performance.now() })
      const [oldest] = used.keys()
      if (used.size > MOST_REMEMBERED && oldest !== undefined) used.delete(oldest)
    },
    mustHave(payer, share) {
      const excess = usedBy(payer) - most * share
      if (excess > 0) throw tooMany(Math.max(1, Math.ceil((excess * over) / most / 1_000)))
    },
  }
}
