import type { DemoData } from './demo-data.ts'
import type { Generator } from './load.ts'

/** What every row is measured with. */
export interface Bench {
  /** Posts of the data set that pages are measured on. */
  posts: number
  /** How often the servers that are compared take turns … */
  rounds: number
  /** … and for how long each time. */
  seconds: number
  /**
   * How long a process rests before its memory is read. V8 gives back what it no longer needs when there has been little
   * to do for eight seconds, and looks that often.
   */
  restMilliseconds: number
  small: boolean
  /** Whether profiles of the forum are written. */
  profiled: boolean
  generator: Generator
  /** The demo data of a size; without one, of the size of this run. */
  data(posts?: number): Promise<DemoData>
  say(line: string): void
}

/** One line of the table. */
export interface Result {
  what: string
  target: string
  figure: string
  /** The forum's figure divided by what it is compared with, where there is such a thing. */
  ratio: number | null
  passed: boolean
  /** Everything else that was measured, for the JSON. */
  details: object
}

export interface Row {
  name: string
  measure(bench: Bench): Promise<Result[]>
}
