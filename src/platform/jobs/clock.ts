import type { FastifyBaseLogger } from 'fastify'
import { type ParsedCronItem, parseCrontab } from 'graphile-worker'

const MINUTE = 60_000
/** So many minutes that went by unseen (the machine slept, the process was busy) are made up for. */
const MOST_MADE_UP = 60

/** Adds a task to the queue, under a key by which it waits there once at the most. */
type Add = (task: string, key: string | undefined) => Promise<void>

/**
 * Adds the tasks of a crontab (UTC) at their minutes, in every process that runs jobs. It asks what time it is at the
 * latest after each minute, and remembers nothing in the database: a clock that was an hour or a year wrong, and is put
 * right, has no consequences (graphile's own cron waits until the year is over). A task that cannot be added, because
 * the database is away, is added later.
 * @param everyMinute what else there is to do.
 */
export function startClock(
  crontab: readonly string[],
  add: Add,
  log: FastifyBaseLogger,
  everyMinute: () => Promise<void> = async () => {},
): Disposable {
  const items = parseCrontab(crontab.join('\n'))
  const due = new Set<ParsedCronItem>()
  let last = minuteOf(Date.now())
  let timer = setTimeout(tick, untilNextMinute())

  function tick(): void {
    timer = setTimeout(tick, untilNextMinute())
    const minute = minuteOf(Date.now())
    // Timers may come some thousandths of a second too early.
    if (minute === last) return
    for (const passed of minutesSince(last, minute)) {
      for (const item of items) if (item.match(digestOf(passed))) due.add(item)
    }
    last = minute
    act().catch((error: unknown) => log.error({ err: error, due: due.size }, 'scheduled jobs could not be added'))
  }

  async function act(): Promise<void> {
    for (const item of due) {
      await add(item.task, item.options.jobKey)
      due.delete(item)
    }
    await everyMinute()
  }

  return { [Symbol.dispose]: () => clearTimeout(timer) }
}

const minuteOf = (milliseconds: number): number => Math.floor(milliseconds / MINUTE)
const untilNextMinute = (): number => MINUTE - (Date.now() % MINUTE)

/** The minutes that have begun; where the clock was put right meanwhile, only the one that it is now. */
function minutesSince(last: number, now: number): number[] {
  const passed = now - last
  if (passed < 0 || passed > MOST_MADE_UP) return [now]
  return Array.from({ length: passed }, (_, index) => last + 1 + index)
}

function digestOf(minute: number): Parameters<ParsedCronItem['match']>[0] {
  const time = new Date(minute * MINUTE)
  return {
    min: time.getUTCMinutes(),
    hour: time.getUTCHours(),
    date: time.getUTCDate(),
    month: time.getUTCMonth() + 1,
    dow: time.getUTCDay(),
  }
}
