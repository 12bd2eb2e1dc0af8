/** What a terminal, a supervisor and a closed window send. */
const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** npm hands its child the signal that the terminal has given to both already. */
const SAME_SIGNAL_MILLISECONDS = 1_000
const LONGEST_STOP_MILLISECONDS = 30_000

/**
 * Aborted when the process is told to stop. Being told again, or taking too long about it, ends the process at once:
 * an embedded database is then started anew by the next start.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController()
  let first = 0
  const onSignal = () => {
    if (!stop.signal.aborted) {
      first = performance.now()
      setTimeout(() => process.exit(1), LONGEST_STOP_MILLISECONDS).unref()
      stop.abort()
    } else if (performance.now() - first > SAME_SIGNAL_MILLISECONDS) {
      process.exit(1)
    }
  }
  for (const signal of STOPPING) process.on(signal, onSignal)
  return stop.signal
}
