import { invalidField, type Problem } from '../../problem.ts'
import { openBudget } from '../../rate-limits/budget.ts'
import type { Difference } from './differences.ts'
import { openSemaphore } from './semaphore.ts'
import { openWorkerThread } from './worker-thread.ts'

/**
 * Raised whenever the same Markdown comes out as other HTML; posts with an older one are rendered again in the
 * background.
 */
export const HTML_VERSION = 7

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

/** Whose text it is: their texts wait for each other, and use up one budget of time. */
export interface TextOwner {
  name: string
  /** The part of the budget that this kind of work may use up: whoever previews too often can still send. Null: no budget. */
  share: number | null
}

export interface Markdown {
  /**
   * @param owner null for the forum's own work, which waits until no person does.
   * @throws Problem 422 when it takes too much time or memory, 429 when the owner has used up their time, 503 when too
   * many are waiting, or for too long.
   */
  render(source: MarkdownSource, owner?: TextOwner | null): Promise<RenderedMarkdown>
  /**
   * What changed from each text to the next: null where it takes too long to tell.
   * @throws Problem 429 and 503 as `render`.
   */
  compare(texts: readonly string[], owner: TextOwner): Promise<(Difference[] | null)[]>
  close(): Promise<void>
}

/** Milliseconds of the processor's time that one text may take. The longest honest ones take about half of it. */
const LONGEST_RENDERING = 2_000
const LONGEST_COMPARING = 600
/** In characters. A short text cannot take long, so short ones have a thread that long ones never use. */
const SHORT = 4_000
const LONGEST_SHORT = 500
/** In megabytes, for each thread that renders. */
const MOST_MEMORY = 256
/** How many texts may wait for a thread, and how many milliseconds each. */
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
  const threads = { 0: openWorkerThread(mostMemory), 1: openWorkerThread(mostMemory) }
  const budget = openBudget(each)
  const acquire = openSemaphore({ waiting: MOST_WAITING, wait: LONGEST_WAIT, usedBy: budget.usedBy })

  async function run<Answer>(name: string, task: unknown, size: number, longest: number, owner: TextOwner | null) {
    const mustHave = () => {
      if (owner && owner.share !== null) budget.mustHave(owner.name, owner.share)
    }
    mustHave()
    const short = size <= SHORT
    const { thread, release } = await acquire({ owner: owner?.name ?? null, short, limited: owner?.share != null })
    try {
      // Other texts may have used it up while this one waited.
      mustHave()
      const limit = short ? Math.min(longest, LONGEST_SHORT) : longest
      return await threads[thread].run<Answer>(name, task, limit, (milliseconds) => {
        if (owner) budget.use(owner.name, milliseconds)
      })
    } finally {
      release()
    }
  }

  return {
    async render(source, owner = null) {
      try {
        return await run<RenderedMarkdown>('default', source, source.body.length, longestRendering, owner)
      } catch (error) {
        throw error instanceof RangeError ? tooComplex() : error
      }
    },
    async compare(texts, owner) {
      const size = texts.reduce((sum, text) => sum + text.length, 0)
      try {
        return await run<(Difference[] | null)[]>('compare', texts, size, LONGEST_COMPARING, owner)
      } catch (error) {
        if (error instanceof RangeError) return texts.slice(1).map(() => null)
        throw error
      }
    },
    async close() {
      await Promise.all([threads[0].close(), threads[1].close()])
    },
  }
}

/** Out of time, memory or stack, or too much HTML: thousands of quotes in quotes, for instance. */
const tooComplex = (): Problem => invalidField('body', 'posts.too_complex')
