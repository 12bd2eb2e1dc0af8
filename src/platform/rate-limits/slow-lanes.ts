import { tooMany } from '../problem.ts'

interface Waiting {
  pass: () => void
  refuse: () => void
}

interface Lane {
  waiting: Waiting[]
  /** In milliseconds. */
  pace: number
}

const MOST_IN_A_LANE = 100
const MOST_IN_ALL = 500
const LONGEST_WAIT_MILLISECONDS = 10_000

/**
 * Slows down what may not be refused: each lane lets one pass, and the next after its pace. Who passes is drawn by
 * lot, so that whoever sends a thousand requests at once has no right to be served before somebody who sends one.
 */
export class SlowLanes {
  private readonly lanes = new Map<string, Lane>()
  private waiting = 0

  /**
   * Waits until this lane lets one pass.
   * @param pace milliseconds until it lets the next one pass.
   * @throws Problem 429 after ten seconds, or when too many wait.
   */
  async pass(name: string, pace: number): Promise<void> {
    const lane = this.lanes.get(name)
    if (!lane) {
      this.open(name, pace)
      return
    }
    lane.pace = pace
    if (lane.waiting.length >= MOST_IN_A_LANE) this.draw(lane)?.refuse()
    else if (this.waiting >= MOST_IN_ALL) this.draw(this.fullest())?.refuse()
    await this.wait(lane)
  }

  private open(name: string, pace: number): void {
    const lane: Lane = { waiting: [], pace }
    this.lanes.set(name, lane)
    const letPass = () => {
      const next = this.draw(lane)
      if (next) {
        next.pass()
        setTimeout(letPass, lane.pace).unref()
      } else this.lanes.delete(name)
    }
    setTimeout(letPass, pace).unref()
  }

  private async wait(lane: Lane): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting = { pass: resolve, refuse: () => reject(comeBack()) }
    lane.waiting.push(waiting)
    this.waiting += 1
    const tired = setTimeout(() => {
      lane.waiting = lane.waiting.filter((one) => one !== waiting)
      this.waiting -= 1
      waiting.refuse()
    }, LONGEST_WAIT_MILLISECONDS)
    try {
      await promise
    } finally {
      clearTimeout(tired)
    }
  }

  /** Whoever fills lanes of their own takes no place from who waits in another. */
  private fullest(): Lane | undefined {
    let fullest: Lane | undefined
    for (const lane of this.lanes.values()) {
      if (lane.waiting.length > (fullest?.waiting.length ?? 0)) fullest = lane
    }
    return fullest
  }

  private draw(lane: Lane | undefined): Waiting | undefined {
    const [drawn] = lane?.waiting.splice(Math.floor(Math.random() * lane.waiting.length), 1) ?? []
    if (drawn) this.waiting -= 1
    return drawn
  }
}

const comeBack = () => tooMany(LONGEST_WAIT_MILLISECONDS / 1000)
