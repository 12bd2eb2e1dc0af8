import { Problem, tooMany } from '../../problem.ts'

export const busy = (): Problem => new Problem(503, 'errors.busy', { retryAfter: 5 })

/** Somebody who has one text in hand waits with so many others at the most; more would be no person's doing. */
const MOST_WAITING_EACH = 30

export interface Asking {
  /** Whose text it is: one of theirs is in hand at a time. Null for the forum's own work, which lets people go first. */
  payer: string | null
  /** Short texts may take any lane, long ones the last one only: they never hold up the short ones. */
  short: boolean
  /** Whether too many of their own that wait are refused. */
  limited: boolean
}

export interface Turn {
  /** 0 takes short texts only. */
  lane: 0 | 1
  end(): void
}

interface Waiting extends Asking {
  begin(turn: Turn): void
}

interface TurnLimits {
  /** So many wait at the most … */
  waiting: number
  /** … and so many milliseconds. */
  wait: number
  /** How much somebody has used up lately: who has used least goes first, so that no swarm of texts holds up one. */
  usedBy: (payer: string) => number
}

/**
 * Lets one text at a time into each of two lanes. Of those that wait, the one goes first whose writer has used least,
 * and among equals the one that came first.
 * @returns a function that answers a turn. It throws Problem 503 when too many wait already, or one waits too long;
 * 429 when too many of the same writer's do.
 */
export function openTurns({ waiting: most, wait, usedBy }: TurnLimits): (asking: Asking) => Promise<Turn> {
  const waiting: Waiting[] = []
  const inHand = new Set<string>()
  const taken = { 0: false, 1: false }

  const fits = (lane: 0 | 1, { payer, short }: Asking) =>
    (lane === 1 || short) && (payer === null || !inHand.has(payer))
  const rank = ({ payer }: Asking) => (payer === null ? Number.POSITIVE_INFINITY : usedBy(payer))

  function fill(): void {
    for (const lane of [0, 1] as const) {
      if (taken[lane]) continue
      const first = waiting.filter((one) => fits(lane, one)).reduce(lesser, null)
      if (!first) continue
      waiting.splice(waiting.indexOf(first), 1)
      taken[lane] = true
      if (first.payer !== null) inHand.add(first.payer)
      first.begin({ lane, end: () => end(lane, first.payer) })
    }
  }

  const lesser = (least: Waiting | null, one: Waiting) => (least === null || rank(one) < rank(least) ? one : least)

  function end(lane: 0 | 1, payer: string | null): void {
    taken[lane] = false
    if (payer !== null) inHand.delete(payer)
    fill()
  }

  return async function turn(asking) {
    if (waiting.length >= most) throw busy()
    const own = asking.limited ? waiting.filter(({ payer }) => payer === asking.payer) : []
    if (own.length >= MOST_WAITING_EACH) throw tooMany(60)
    const { promise, resolve, reject } = Promise.withResolvers<Turn>()
    const one = { ...asking, begin: resolve }
    waiting.push(one)
    fill()
    // The forum's own work has time, and fails as a whole when one text of it does.
    if (asking.payer === null || !waiting.includes(one)) return promise
    const tired = setTimeout(() => {
      const place = waiting.indexOf(one)
      if (place >= 0) waiting.splice(place, 1)
      reject(busy())
    }, wait)
    return promise.finally(() => clearTimeout(tired))
  }
}
