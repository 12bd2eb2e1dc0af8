import { Problem } from '../problem.ts'

interface Waiting {
  begin: () => void
  refuse: (problem: Problem) => void
}

interface Limits {
  atOnce: number
  waiting: number
  /** Milliseconds after which work gives its place to the next while it goes on: what hangs holds up nobody. */
  longest?: number
}

/**
 * Bounds costly work: so many pieces at once, the others wait. Groups take turns, so that one that asks for much waits
 * for itself only. When too many wait, one of the largest group is refused. Within a group the next is drawn by lot:
 * who shares a group with a flood gets through sooner or later.
 */
export class FairQueue {
  private readonly limits: Limits
  private readonly groups = new Map<string, Waiting[]>()
  private working = 0
  private waiting = 0

  constructor(limits: Limits) {
    this.limits = limits
  }

  /**
   * Does the work once it is its turn.
   * @throws Problem 503 when too many of its group are waiting.
   */
  async run<Result>(group: string, work: () => Promise<Result>): Promise<Result> {
    if (this.working < this.limits.atOnce) this.working += 1
    else await this.turn(group)
    const { longest } = this.limits
    let hasPlace = true
    const leave = () => {
      if (hasPlace) this.next()
      hasPlace = false
    }
    const timer = longest === undefined ? undefined : setTimeout(leave, longest)
    try {
      return await work()
    } finally {
      clearTimeout(timer)
      leave()
    }
  }

  private turn(group: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting = this.groups.get(group) ?? []
    waiting.push({ begin: resolve, refuse: reject })
    this.groups.set(group, waiting)
    this.waiting += 1
    if (this.waiting > this.limits.waiting) this.refuseOne()
    return promise
  }

  /** Hands the place of who has ended to one of the group whose turn it is. */
  private next(): void {
    const [first] = this.groups
    if (!first) {
      this.working -= 1
      return
    }
    const [group, waiting] = first
    const drawn = this.draw(group, waiting)
    // The group goes to the end of the row.
    if (this.groups.delete(group) && waiting.length > 0) this.groups.set(group, waiting)
    drawn?.begin()
  }

  private refuseOne(): void {
    let largest: [string, Waiting[]] | undefined
    for (const group of this.groups) if (group[1].length > (largest?.[1].length ?? 0)) largest = group
    if (largest) this.draw(...largest)?.refuse(new Problem(503, 'errors.busy', { retryAfter: 5 }))
  }

  private draw(group: string, waiting: Waiting[]): Waiting | undefined {
    const [drawn] = waiting.splice(Math.floor(Math.random() * waiting.length), 1)
    if (waiting.length === 0) this.groups.delete(group)
    this.waiting -= 1
    return drawn
  }
}
