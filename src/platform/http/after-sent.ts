import type { FastifyReply } from 'fastify'
import type { App } from './app.ts'

type Work = () => Promise<void>

declare module 'fastify' {
  interface FastifyReply {
    /** Does something after the answer is sent, so that nobody waits for it. What it throws is only logged. */
    afterSent(work: Work): void
    workAfterSent: Work[] | null
  }
}

export function workAfterAnswers(app: App): void {
  app.decorateReply('workAfterSent', null)
  app.decorateReply('afterSent', function afterSent(this: FastifyReply, work: Work) {
    this.workAfterSent = [...(this.workAfterSent ?? []), work]
  })
  app.addHook('onResponse', async ({ log }, { workAfterSent }) => {
    for (const work of workAfterSent ?? []) {
      await work().catch((error: unknown) => log.warn({ err: error }, 'not remembered'))
    }
  })
}
