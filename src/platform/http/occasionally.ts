const MINUTE = 60_000

/** Does something once a minute at the most for each reason, however often it is asked to. */
export function occasionally<Reason extends string, More extends unknown[]>(
  act: (reason: Reason, ...more: More) => void,
): (reason: Reason, ...more: More) => void {
  const last = new Map<Reason, number>()
  return (reason, ...more) => {
    const now = performance.now()
    if (now - (last.get(reason) ?? Number.NEGATIVE_INFINITY) < MINUTE) return
    last.set(reason, now)
    act(reason, ...more)
  }
}
