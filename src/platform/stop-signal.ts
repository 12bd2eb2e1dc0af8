/** npm hands its child the signal that the terminal has given to both already. */
const SAME_SIGNAL_MILLISECONDS = 1_000
const LONGEST_STOP_MILLISECONDS = 30_000

/**
 * Resolves when the process is told to stop (SIGINT, SIGTERM). Being told again, or taking too long about it, ends
 * the process at once: an embedded database is then taken over by the next start.
 */
export function stopSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  let first: number | null = null
  const onSignal = () => {
    if (first === null) {
      first = Date.now()
      setTimeout(() => process.exit(1), LONGEST_STOP_MILLISECONDS).unref()
      resolve()
    } else if (Date.now() - first > SAME_SIGNAL_MILLISECONDS) {
      process.exit(1)
    }
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return promise
}
