import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import type { Faults, Latencies, WindowsQuestion } from './windows.ts'

/** Many windows on one thread, in a process of their own: see `windows.ts`. */
export interface ManyWindows extends AsyncDisposable {
  open(): Promise<void>
  until(number: number): Promise<void>
  latencies(sent: [number: number, at: number][]): Promise<Latencies>
  faults(): Promise<Faults>
}

/** Nothing takes longer than this; what has not come by then is lost. */
const LONGEST_WAIT = 60_000

export function manyWindows(origin: string, thread: number, after: number, count: number): ManyWindows {
  const child = fork(`${import.meta.dirname}/windows.ts`, [origin, thread, after, count].map(String))
  async function ask(question: WindowsQuestion) {
    child.send(question)
    const tooLate = new AbortController()
    const late = setTimeout(LONGEST_WAIT, null, { signal: tooLate.signal }).then(() => {
      throw new Error(`No answer within a minute: ${question.ask}`)
    })
    try {
      const [answer] = await Promise.race([once(child, 'message'), late])
      return answer
    } finally {
      tooLate.abort()
      late.catch(() => {})
    }
  }
  return {
    open: () => ask({ ask: 'open' }),
    until: (number) => ask({ ask: 'until', number }),
    latencies: (sent) => ask({ ask: 'latencies', sent }),
    faults: () => ask({ ask: 'faults' }),
    async [Symbol.asyncDispose]() {
      child.kill()
      await once(child, 'exit')
    },
  }
}
