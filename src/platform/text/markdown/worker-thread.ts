import { Piscina } from 'piscina'
import { overloaded } from './semaphore.ts'

/** A thread loads half of the forum's code: that takes a second, and many seconds on a small machine that is busy. */
const LONGEST_START = 60_000
/** About how much of the processor's time its start takes, in milliseconds. */
const STARTING = 1_000
/** How often a busy thread is asked how much of the processor's time it has used, in milliseconds. */
const CHECK_EVERY = 50
/** Where Node keeps what it has read of the sources. */
const { NODE_COMPILE_CACHE } = process.env

/** One thread, which starts when it is needed and ends after ten minutes without work. */
export interface WorkerThread {
  /**
   * Runs a function of `worker.ts` for so many milliseconds of the processor's time at the most. Time in which the
   * machine was busy with other things, or the process was stopped, does not count.
   * @param onEnd gets how many it took, even where it failed; plus the start of another thread, where it ended this one.
   * @throws RangeError when it takes too much time, memory or stack; Problem 503 when the machine has no time for it.
   */
  run<Answer>(name: string, task: unknown, longest: number, onEnd: (milliseconds: number) => void): Promise<Answer>
  close(): Promise<void>
}

export function openWorkerThread(mostMemory: number): WorkerThread {
  const pool = new Piscina({
    filename: new URL('worker.ts', import.meta.url).href,
    // A thread that reads what anybody wrote gets none of the process's settings, which hold secrets.
    execArgv: [],
    env: NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {},
    // A thread that blocks to wait never returns to its event loop, and until then keeps every document it has made.
    atomics: 'disabled',
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: 600_000,
    resourceLimits: { maxOldGenerationSizeMb: mostMemory },
  })
  // A thread that is stopped because its text took too long may run out of memory first: nobody waits for its error.
  pool.on('error', () => {})
  return {
    async run(name, task, longest, onEnd) {
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
        onEnd(ended ? taken + STARTING : taken)
      }
    },
    close: () => pool.destroy(),
  }
}

/**
 * Starts the thread before the time of a text is counted, so that the text is not charged for the start.
 * @throws Problem 503 when the machine has no time for it.
 */
async function start(pool: Piscina): Promise<void> {
  if (pool.threads.length > 0) return
  try {
    await pool.run(undefined, { name: 'wake', signal: AbortSignal.timeout(LONGEST_START) })
  } catch (error) {
    throw error instanceof Error && error.name === 'AbortError' ? overloaded() : error
  }
}

/** Watches a busy thread, and stops it when it has used too much time. */
function watchTime(
  pool: Piscina,
  tooMuch: () => void,
  longest: number,
): { end(threadEnded: boolean): Promise<number> } {
  const [thread] = pool.threads
  let before: number | null = null
  let taken = 0
  const check = async () => {
    // Null when the thread has just been ended.
    const used = await thread?.cpuUsage().catch(() => null)
    if (!used) return
    const now = (used.user + used.system) / 1_000
    before ??= now
    taken = Math.max(taken, now - before)
    if (taken > longest) tooMuch()
  }
  const begun = check()
  const timer = setInterval(() => void check(), CHECK_EVERY)
  return {
    async end(threadEnded) {
      // A thread that is being ended may never answer.
      if (!threadEnded) await begun.then(check)
      // Cleared last: the timer keeps the process alive until then, which a question to an idle thread does not.
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
  return error.name === 'AbortError' ? overloaded() : error
}

const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
