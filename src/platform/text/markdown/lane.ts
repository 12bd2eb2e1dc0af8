import { Piscina } from 'piscina'
import { busy } from './semaphore.ts'

/** A thread reads half of what the forum consists of: a second, but many on a small machine that is busy. */
const LONGEST_START = 60_000
/** About what its start takes of the processor's time, in milliseconds. */
const STARTING = 1_000
/** How often a thread at work is asked how much of the processor's time it has had. */
const LOOK_EVERY = 50
/** Where Node keeps what it has read of the sources. */
const { NODE_COMPILE_CACHE } = process.env

/** One thread, which is started when it is needed and ends when it long has not been. */
export interface Lane {
  /**
   * Runs a function of `worker.ts` for so many milliseconds of the processor's time at the most. Time in which the
   * machine was busy with other things, or the process was stopped, does not count.
   * @param spent is told how many it took, even where it failed; with the start of another thread, where it ended this one.
   * @throws RangeError when it takes too much time, memory or stack; Problem 503 when the machine has no time for it.
   */
  run<Answer>(name: string, task: unknown, longest: number, spent: (milliseconds: number) => void): Promise<Answer>
  close(): Promise<void>
}

export function openLane(mostMemory: number): Lane {
  const pool = new Piscina({
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
  return {
    async run(name, task, longest, spent) {
      await start(pool)
      const stop = new AbortController()
      const watch = watchTime(pool, () => stop.abort(new RangeError('Too much time')), longest)
      let ended = false
      try {
        return await pool.run(task, { name, signal: stop.signal })
      } catch (error) {
        ended = stop.signal.aborted || isOutOfMemory(error)
        throw failureOf(error, stop.signal)
      } finally {
        const taken = await watch.end(ended)
        spent(ended ? taken + STARTING : taken)
      }
    },
    close: () => pool.destroy(),
  }
}

/**
 * Makes sure that the thread runs before the time of a text does, which is not to blame for what the start takes.
 * @throws Problem 503 when the machine has no time for it.
 */
async function start(pool: Piscina): Promise<void> {
  if (pool.threads.length > 0) return
  try {
    await pool.run(undefined, { name: 'wake', signal: AbortSignal.timeout(LONGEST_START) })
  } catch (error) {
    throw error instanceof Error && error.name === 'AbortError' ? busy() : error
  }
}

/** Looks after a thread at work, and stops it when it has had too much time. */
function watchTime(
  pool: Piscina,
  tooMuch: () => void,
  longest: number,
): { end(threadEnded: boolean): Promise<number> } {
  const [thread] = pool.threads
  let before: number | null = null
  let taken = 0
  const look = async () => {
    // Nothing, when the thread has just been ended.
    const used = await thread?.cpuUsage().catch(() => null)
    if (!used) return
    const now = (used.user + used.system) / 1_000
    before ??= now
    taken = Math.max(taken, now - before)
    if (taken > longest) tooMuch()
  }
  const begun = look()
  const timer = setInterval(() => void look(), LOOK_EVERY)
  return {
    async end(threadEnded) {
      // A thread that is being ended need not answer.
      if (!threadEnded) await begun.then(look)
      // Until here it keeps the process from ending, which an idle thread that is asked does not.
      clearInterval(timer)
      return taken
    },
  }
}

function failureOf(error: unknown, { aborted, reason }: AbortSignal): unknown {
  if (aborted) return reason
  if (!(error instanceof Error)) return error
  if (isOutOfMemory(error)) return new RangeError('Too much memory')
  // The pool is closing.
  return error.name === 'AbortError' ? busy() : error
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
