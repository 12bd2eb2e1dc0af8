import type { DemoData } from './demo-data.ts'
import type { Generator } from './load.ts'

/** What every row is measured with. */
export interface Bench {
  /** Posts of the data set that pages are measured on. */
  posts: number
  /** How often limit and forum take turns … */
  rounds: number
  /** … and for how long each time. */
  seconds: number
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
  /** What `targets.md` asks for, in words. */
  target: string
  figure: string
  /** The forum's figure divided by the limit's, where there is a limit. */
  ratio: number | null
  passed: boolean
  /** Everything else that was measured, for the JSON. */
  details: object
}

export interface Row {
  name: string
  measure(bench: Bench): Promise<Result[]>
}
