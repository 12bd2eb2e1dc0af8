import { Piscina } from 'piscina'
import { invalidField } from '../http/errors.ts'
import type { Language } from '../i18n/languages.ts'
import { busy, openTurns } from './turns.ts'

/**
 * Raised whenever the same Markdown comes out as other HTML; posts with an older one are rendered again in the
 * background.
 */
export const HTML_VERSION = 4

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
  /** The names that it mentions, outside of what it quotes. */
  mentioned: string[]
}

export interface Markdown {
  /** @throws Problem 422 when it takes too much time or memory, 503 when too many are waiting, or for too long. */
  render(source: MarkdownSource): Promise<RenderedMarkdown>
  close(): Promise<void>
}

const LONGEST_RENDERING = 8_000
const MOST_MEMORY = 256
/** A thread reads half of what the forum consists of: a second, but many on a small machine that is busy. */
const LONGEST_START = 60_000
/** What a thread is started with, so that its start is not taken for the time that somebody's text needs. */
const NOTHING: MarkdownSource = { body: '', language: 'fr', mentions: {}, thread: null }
const THREADS = 2
/** Where Node keeps what it has read of the sources. */
const { NODE_COMPILE_CACHE } = process.env
const MOST_WAITING = 200
const LONGEST_WAIT = 20_000

/**
 * Renders in threads of their own: neither a hostile text nor the document model that sanitises it (which this
 * process therefore never loads) may hold up the pages of others. The first rendering starts a thread, and the first
 * that finds it at work another. A text may take `longestRendering` milliseconds, without the start of its thread, for
 * which a busy machine needs seconds. With all that was made of it, it must fit in `mostMemory` megabytes.
 */
export function openMarkdown({ longestRendering = LONGEST_RENDERING, mostMemory = MOST_MEMORY } = {}): Markdown {
  const lanes = Array.from({ length: THREADS }, () => openLane(mostMemory))
  // Not a pool's own queue: there the time of a text would run while others are rendered, and what waits behind
  // texts that took too long would wait for ever, because ending their threads starts no other.
  const turn = openTurns({ atOnce: THREADS, waiting: MOST_WAITING, wait: LONGEST_WAIT })
  return {
    async render(source) {
      const end = await turn()
      const lane = lanes.find(({ busy }) => !busy)
      if (!lane) throw new Error('A turn without a thread')
      lane.busy = true
      try {
        await startThread(lane)
        return await lane.pool.run(source, { signal: AbortSignal.timeout(longestRendering) })
      } catch (error) {
        throw refusalOf(error)
      } finally {
        lane.busy = false
        end()
      }
    },
    async close() {
      await Promise.all(lanes.map(({ pool }) => pool.destroy()))
    },
  }
}

interface Lane {
  pool: Piscina<MarkdownSource, RenderedMarkdown>
  busy: boolean
}

/** One thread, which is started when it is needed and ends when it long has not been. */
function openLane(mostMemory: number): Lane {
  const pool = new Piscina<MarkdownSource, RenderedMarkdown>({
    filename: new URL('worker.ts', import.meta.url).href,
    // What the process was told is for the process: a thread that reads what anybody wrote need not know its settings.
    execArgv: [],
    env: NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {},
    // A thread that blocks to wait never ends its turn, and until then keeps every document it has made.
    atomics: 'disabled',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 600_000,
    resourceLimits: { maxOldGenerationSizeMb: mostMemory },
  })
  // A thread that is being ended, because its text took too long, may run out of memory before: nobody waits for it any more.
  pool.on('error', () => {})
  return { pool, busy: false }
}

/**
 * Makes sure that a lane's thread runs before the time of a text does, which is not to blame for what the start takes.
 * @throws Problem 503 when the machine has no time for it.
 */
async function startThread({ pool }: Lane): Promise<void> {
  if (pool.threads.length > 0) return
  try {
    await pool.run(NOTHING, { signal: AbortSignal.timeout(LONGEST_START) })
  } catch (error) {
    throw error instanceof Error && error.name === 'AbortError' ? busy() : error
  }
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const outOfTime = error.name === 'AbortError' && error.cause instanceof DOMException
  const outOfMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  // Out of stack: thousands of quotes in quotes.
  if (outOfTime || outOfMemory || error.name === 'RangeError') return invalidField('body', 'posts.too_complex')
  // The pool is closing.
  return error.name === 'AbortError' ? busy() : error
}
