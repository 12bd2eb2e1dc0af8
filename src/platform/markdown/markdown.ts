import { Piscina } from 'piscina'
import { invalidField, Problem } from '../http/errors.ts'
import type { Language } from '../i18n/languages.ts'

/**
 * Raised whenever the same Markdown comes out as other HTML; posts with an older one are rendered again in the
 * background.
 */
export const HTML_VERSION = 1

export interface MarkdownSource {
  body: string
  language: Language
  /** The members it mentions: as it spells them, without the @ → their name. */
  mentions: Record<string, string>
  /** Where `#12` leads; null where there is no thread yet. */
  thread: { id: number; lastNumber: number } | null
}

export interface RenderedMarkdown {
  html: string
  /** The beginning of what it says, as plain text. */
  excerpt: string
}

export interface Markdown {
  /** @throws Problem 422 when it takes too much time or memory, 503 when too many are waiting. */
  render(source: MarkdownSource): Promise<RenderedMarkdown>
  close(): Promise<void>
}

const LONGEST_RENDERING = 4_000
const MOST_WAITING = 200

/**
 * Renders in threads of their own: neither a hostile text nor the document model that sanitises it (which this
 * process therefore never loads) may hold up the pages of others. The first rendering starts a thread.
 */
export function openMarkdown(): Markdown {
  const pool = new Piscina<MarkdownSource, RenderedMarkdown>({
    filename: new URL('worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: 600_000,
    maxQueue: MOST_WAITING,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  return {
    async render(source) {
      try {
        return await pool.run(source, { signal: AbortSignal.timeout(LONGEST_RENDERING) })
      } catch (error) {
        throw refusalOf(error)
      }
    },
    close: () => pool.destroy(),
  }
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const code = 'code' in error ? error.code : null
  // Out of time, out of stack (thousands of quotes in quotes), out of memory.
  if (error.name === 'AbortError' || error.name === 'RangeError' || code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return invalidField('body', 'posts.too_complex')
  }
  if (error.message === 'Task queue is at limit') return new Problem(503, 'errors.busy', { retryAfter: 5 })
  return error
}
