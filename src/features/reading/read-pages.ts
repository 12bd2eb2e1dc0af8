import type { FastifyRequest } from 'fastify'
import type { Forum } from '../../platform/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { readUpTo } from './read-up-to.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The thread that the answer shows, and the last number on its page. */
    shown: { thread: number; upTo: number } | null
  }
}

/**
 * Where no script tells how far somebody has come, the page that they were shown counts as read; remembered when the
 * answer has gone, so that nobody waits for it. A script that runs says so in a cookie of the browser's session.
 */
export function countPagesAsRead(app: App, forum: Forum): void {
  app.decorateRequest('shown', null)
  app.addHook('onResponse', async (request: FastifyRequest) => {
    const { member, shown } = request
    if (!member || !shown || request.cookies.script === 'on') return
    await readUpTo(forum, member.id, shown.thread, shown.upTo).catch((error: unknown) => {
      request.log.warn({ err: error }, 'not remembered')
    })
  })
}
