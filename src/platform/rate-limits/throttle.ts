import { tooMany } from '../problem.ts'

interface Waiting {
  pass: () => void
  refuse: () => void
}

interface Queue {
  waiting: Waiting[]
  /** Milliseconds between one that passes and the next. */
  pace: number
}

const MOST_OF_A_KEY = 100
const MOST_IN_ALL = 500
const LONGEST_WAIT_MILLISECONDS = 10_000

/**
 * Slows down what may not be refused: of each key one passes, and the next after the pace. Who passes is drawn at random, so
 * that somebody who sends a thousand requests at once is not served before somebody who sends one.
 */
export class Throttle {
  private readonly queues = new Map<string, Queue>()
  private waiting = 0

  /**
   * Waits until a key lets one pass.
   * @param pace milliseconds until it lets the next one pass.
   * @throws Problem 429 after ten seconds, or when too many wait.
   */
  async pass(key: string, pace: number): Promise<void> {
    const queue = this.queues.get(key)
    if (!queue) {
      this.open(key, pace)
      return
    }
    queue.pace = pace
    if (queue.waiting.length >= MOST_OF_A_KEY) this.draw(queue)?.refuse()
    else if (this.waiting >= MOST_IN_ALL) this.draw(this.longest())?.refuse()
    await this.wait(queue)
  }

  private open(key: string, pace: number): void {
    const queue: Queue = { waiting: [], pace }
    this.queues.set(key, queue)
    const letPass = () => {
      const next = this.draw(queue)
      if (next) {
        next.pass()
        setTimeout(letPass, queue.pace).unref()
      } else this.queues.delete(key)
    }
    setTimeout(letPass, pace).unref()
  }

  private async wait(queue: Queue): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting = { pass: resolve, refuse: () => reject(comeBack()) }
    queue.waiting.push(waiting)
    this.waiting += 1
    const timer = setTimeout(() => {
      queue.waiting = queue.waiting.filter((one) => one !== waiting)
      this.waiting -= 1
      waiting.refuse()
    }, LONGEST_WAIT_MILLISECONDS)
    try {
      await promise
    } finally {
      clearTimeout(timer)
    }
  }

  /** Refusing from the longest queue means that whoever fills one takes no place from those who wait in others. */
  private longest(): Queue | undefined {
    let longest: Queue | undefined
    for (const queue of this.queues.values()) {
      if (queue.waiting.length > (longest?.waiting.length ?? 0)) longest = queue
    }
    return longest
  }

  private draw(queue: Queue | undefined): Waiting | undefined {
    const [drawn] = queue?.waiting.splice(Math.floor(Math.random() * queue.waiting.length), 1) ?? []
    if (drawn) this.waiting -= 1
    return drawn
  }
}

const comeBack = () => tooMany(LONGEST_WAIT_MILLISECONDS / 1000)
