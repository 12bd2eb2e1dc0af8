/** Nobody waits longer for what another request computes. */
const LONGEST_WAIT_MILLISECONDS = 5_000

/** A value that is being computed. Ending it twice is as good as once. */
export interface Pending<Value> {
  readonly result: Promise<Result<Value>>
  /** Ends it with its value, or with none that others could use. */
  end(value?: Value): void
  fail(error: unknown): void
}

type Result<Value> = { state: 'done'; value: Value | undefined } | { state: 'failed'; error: unknown }

/** @param ended is called at the end, before anybody who waits goes on. */
export function startPending<Value>(ended: () => void): Pending<Value> {
  const { promise, resolve } = Promise.withResolvers<Result<Value>>()
  const settle = (result: Result<Value>) => {
    ended()
    resolve(result)
  }
  return {
    result: promise,
    end: (value) => settle({ state: 'done', value }),
    fail: (error) => settle({ state: 'failed', error }),
  }
}

/** A result, or that it has not come within the time that one waits for others. */
export async function withinWait<Value>(result: Promise<Result<Value>>): Promise<Result<Value> | { state: 'late' }> {
  const { promise: late, resolve } = Promise.withResolvers<{ state: 'late' }>()
  const timer = setTimeout(resolve, LONGEST_WAIT_MILLISECONDS, { state: 'late' })
  try {
    return await Promise.race([result, late])
  } finally {
    clearTimeout(timer)
  }
}
