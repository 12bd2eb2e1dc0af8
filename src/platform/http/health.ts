import { setTimeout } from 'node:timers/promises'
import type { Database } from '../database/database.ts'
import { whyNotReady } from '../database/migrations.ts'
import { plainText } from './answers.ts'
import type { App } from './app.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Says at `/healthz` that the process is about to stop, and waits until who asks there now and then has heard it. */
    leaveBalancers(): Promise<void>
  }
}

/** Balancers ask at intervals, and most stop sending after they were told three times: HAProxy's `fall` is 3. */
const INTERVALS_UNTIL_HEARD = 3.5
/** A balancer that asks less often than this is not waited for … */
const LONGEST_INTERVAL_MILLISECONDS = 15_000
/** … and no balancer for longer than this. */
const LONGEST_LEAVING_MILLISECONDS = 10_000
/** Of so many questions the longest interval counts: several balancers ask in between each other. */
const REMEMBERED = 10

/**
 * For balancers and containers: whether the process answers, and whether it can serve people who read and write. A balancer
 * asks the first: without the database, there are still pages to be read, and forms that keep their text.
 */
export function healthRoutes(app: App, { database }: { database: Database }): void {
  const options = { schema: { response: { 200: plainText, 503: plainText } }, config: { sameForAll: true } }
  const asked: number[] = []
  let leaving = false
  app.addHook('preClose', async () => {
    leaving = true
  })
  app.decorate('leaveBalancers', async () => {
    leaving = true
    await setTimeout(untilHeard(asked))
  })
  const note = () => {
    asked.push(performance.now())
    if (asked.length > REMEMBERED) asked.shift()
  }
  app.get('/healthz', options, async (_request, reply) => {
    note()
    return reply
      .code(leaving ? 503 : 200)
      .type('text/plain')
      .send(leaving ? 'closing\n' : 'alive\n')
  })
  app.get('/readyz', options, async (_request, reply) => {
    note()
    const reason = leaving ? 'closing' : await whyNotReady(database)
    return reply
      .code(reason ? 503 : 200)
      .type('text/plain')
      .send(reason ? `not ready: ${reason}\n` : 'ready\n')
  })
}

/** How long until balancers that have asked at these moments know that this process leaves: 0 where there are none. */
function untilHeard(asked: readonly number[]): number {
  const last = asked.at(-1)
  if (last === undefined || performance.now() - last > LONGEST_INTERVAL_MILLISECONDS) return 0
  const intervals = asked.slice(1).map((at, place) => at - (asked[place] ?? at))
  const regular = intervals.filter((interval) => interval < LONGEST_INTERVAL_MILLISECONDS)
  return Math.min(LONGEST_LEAVING_MILLISECONDS, INTERVALS_UNTIL_HEARD * Math.max(0, ...regular))
}
