import { invalidField, type Problem } from '../../problem.ts'
import { openBudget } from './budget.ts'
import type { Difference } from './differences.ts'
import { openLane } from './lane.ts'
import { openTurns } from './semaphore.ts'

/**
 * Raised whenever the same Markdown comes out as other HTML; posts with an older one are rendered again in the
 * background.
 */
export const HTML_VERSION = 5

export interface MarkdownSource {
  body: string
  /** The code of the language that it is in; where that is to be guessed, its writer's. */
  language: string
  /** Whether the text tells its language; the writer's holds where it is too short to tell. */
  guess?: boolean
  /** What an `@` links to: by the name as the text spells it, without the @. */
  mentions: Record<string, Mention>
  /** What `#12` links to: `path` with the number behind it, up to the last; null where it links nowhere. */
  numbers: { path: string; last: number } | null
}

/** Somebody whom a text may name, and where their name leads. */
export interface Mention {
  name: string
  path: string
}

export interface RenderedMarkdown {
  html: string
  /** The beginning of what it says, as plain text. */
  excerpt: string
  /** The names that it mentions, outside of what it quotes. */
  mentioned: string[]
  /** The code of the language that it is in. */
  language: string
}

/** Who has a text worked on, and so waits for their own texts first, and uses up a budget of time. */
export interface Payer {
  name: string
  /** The part of the budget that this may use up, so that who has looked too often can still send; null: no budget. */
  share: number | null
}

export interface Markdown {
  /**
   * @param payer null for the forum's own work, which lets people go first.
   * @throws Problem 422 when it takes too much time or memory, 429 when the payer has used up their time, 503 when too
   * many are waiting, or for too long.
   */
  render(source: MarkdownSource, payer?: Payer | null): Promise<RenderedMarkdown>
  /**
   * What changed from each text to the next: null where it takes too long to tell.
   * @throws Problem 429 and 503 as `render`.
   */
  compare(texts: readonly string[], payer: Payer): Promise<(Difference[] | null)[]>
  close(): Promise<void>
}

/** Milliseconds of the processor's time that one text may take. The longest honest ones take about half of it. */
const LONGEST_RENDERING = 2_000
const LONGEST_COMPARING = 600
/** In characters. A short text cannot take long, so these have a lane of their own. */
const SHORT = 4_000
const LONGEST_SHORT = 500
/** In megabytes, for each thread that renders. */
const MOST_MEMORY = 256
/** Texts that wait for their turn in a lane, and the milliseconds that one may wait. */
const MOST_WAITING = 200
const LONGEST_WAIT = 20_000
/** Milliseconds of the processor's time for one member in five minutes: hundreds of posts, or some fifteen of the longest. */
const EACH = { most: 20_000, over: 300_000 }

/**
 * Renders and compares in threads of their own: neither a hostile text nor the document model that sanitises it (which
 * this process therefore never loads) may hold up the pages of others. The first text starts a thread, and the first
 * that finds it at work another. A text may take `longestRendering` milliseconds of the processor's time, without the
 * start of its thread, for which a busy machine needs seconds. With all that was made of it, it must fit in `mostMemory`
 * megabytes. Everybody has `each.most` milliseconds for their texts, given back within `each.over`.
 */
export function openMarkdown({
  longestRendering = LONGEST_RENDERING,
  mostMemory = MOST_MEMORY,
  each = EACH,
} = {}): Markdown {
  const lanes = { 0: openLane(mostMemory), 1: openLane(mostMemory) }
  const budget = openBudget(each)
  const turn = openTurns({ waiting: MOST_WAITING, wait: LONGEST_WAIT, usedBy: budget.usedBy })

  async function run<Answer>(name: string, task: unknown, size: number, longest: number, payer: Payer | null) {
    const mustHave = () => {
      if (payer && payer.share !== null) budget.mustHave(payer.name, payer.share)
    }
    mustHave()
    const short = size <= SHORT
    const { lane, end } = await turn({ payer: payer?.name ?? null, short, limited: payer?.share != null })
    try {
      // The texts before it may have used it up.
      mustHave()
      const limit = short ? Math.min(longest, LONGEST_SHORT) : longest
      return await lanes[lane].run<Answer>(name, task, limit, (spent) => {
        if (payer) budget.use(payer.name, spent)
      })
    } finally {
      end()
    }
  }

  return {
    async render(source, payer = null) {
      try {
        return await run<RenderedMarkdown>('default', source, source.body.length, longestRendering, payer)
      } catch (error) {
        throw error instanceof RangeError ? tooComplex() : error
      }
    },
    async compare(texts, payer) {
      const size = texts.reduce((sum, text) => sum + text.length, 0)
      try {
        return await run<(Difference[] | null)[]>('compare', texts, size, LONGEST_COMPARING, payer)
      } catch (error) {
        if (error instanceof RangeError) return texts.slice(1).map(() => null)
        throw error
      }
    },
    async close() {
      await Promise.all([lanes[0].close(), lanes[1].close()])
    },
  }
}

/** Out of time, memory or stack, or too much HTML: thousands of quotes in quotes, for instance. */
const tooComplex = (): Problem => invalidField('body', 'posts.too_complex')
