import { mock } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { pino } from 'pino'
import t, { type Test } from 'tap'
import { startClock } from '../../../src/platform/jobs/clock.ts'

const MINUTE = 60_000
const CRONTAB = ['* * * * * send', '0 3 * * * tidy', '*/10 * * * * count ?jobKey=counting']

/** A clock whose time is ours, and what it has added. */
function clockAt(t: Test, time: string) {
  let now = Date.parse(time)
  // Timers count what has passed, whatever time it is said to be.
  mock.timers.enable({ apis: ['setTimeout'] })
  const { mock: said } = mock.method(Date, 'now', () => now)
  t.teardown(() => {
    mock.timers.reset()
    said.restore()
  })
  const added: string[] = []
  let away = false
  const add = async (task: string, key = task) => {
    if (away) throw new Error('The database is away')
    added.push(task === key ? task : `${task} as ${key}`)
  }
  const clock = startClock(CRONTAB, add, pino({ level: 'silent' }))
  t.teardown(() => clock[Symbol.dispose]())
  return {
    setAway(isAway: boolean) {
      away = isAway
    },
    /** Sets the clock, as an administrator or a time server does: no timer hears of it. */
    set(to: string) {
      now = Date.parse(to)
    },
    /** What is added while so many minutes pass. */
    async pass(minutes: number): Promise<string[]> {
      added.length = 0
      for (let minute = 0; minute < minutes; minute += 1) {
        now += MINUTE
        mock.timers.tick(MINUTE)
        await setImmediate()
      }
      return [...added]
    },
  }
}

t.test('tasks are added at their minutes', async (t) => {
  const clock = clockAt(t, '2026-11-25T02:58:30Z')
  t.same(await clock.pass(1), ['send'])
  t.same(await clock.pass(1), ['send', 'tidy', 'count as counting'])
  t.same(await clock.pass(1), ['send'])
})

t.test('what could not be added is added once the database is there again', async (t) => {
  const clock = clockAt(t, '2026-11-25T02:58:30Z')
  clock.setAway(true)
  t.same(await clock.pass(4), [])
  clock.setAway(false)
  t.same(await clock.pass(1), ['send', 'tidy', 'count as counting'], 'each of them once')
  t.same(await clock.pass(1), ['send'])
})

t.test('a clock that was put back two hours has no consequences', async (t) => {
  const clock = clockAt(t, '2026-11-25T02:58:30Z')
  await clock.pass(3)
  clock.set('2026-11-25T00:58:30Z')
  t.same(await clock.pass(1), ['send'])
  t.same(await clock.pass(1), ['send', 'count as counting'])
})

t.test('nor has one that was a year ahead for a minute', async (t) => {
  const clock = clockAt(t, '2026-11-25T02:58:30Z')
  clock.set('2027-11-25T08:11:30Z')
  t.same(await clock.pass(1), ['send'])
  clock.set('2026-11-25T02:59:30Z')
  t.same(await clock.pass(1), ['send', 'tidy', 'count as counting'])
})

t.test('after a nap of the machine, what it slept through is made up for, once', async (t) => {
  const clock = clockAt(t, '2026-11-25T02:58:30Z')
  clock.set('2026-11-25T03:21:30Z')
  t.same(await clock.pass(1), ['send', 'tidy', 'count as counting'])
})
