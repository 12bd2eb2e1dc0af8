import { once } from 'node:events'
import type { FastifyBaseLogger } from 'fastify'
import { jobs, openForum, openWeb } from '../compose.ts'
import type { Config } from '../config.ts'
import { seedBoards } from '../forum/boards/seed-boards.ts'
import { returnedMail } from '../forum/digests/returned-mail.ts'
import { firstAdminLink } from '../forum/members/first-admin.ts'
import { giveBackMemory } from '../platform/give-back-memory.ts'
import type { App } from '../platform/http/app.ts'
import { runJobs } from '../platform/jobs/jobs.ts'
import { openInboundSmtp } from '../platform/mail/inbound-smtp.ts'
import { OperatorError } from '../platform/process/operator-error.ts'

/** After this, a request that is still being sent is cut off, so that one slow sender does not keep the rest from ending in order. */
const LONGEST_REQUEST_MILLISECONDS = 8_000
const IDLE_CONNECTIONS_MILLISECONDS = 100
/** Tor runs on the same machine, so nothing from elsewhere may reach this port. */
const ONION_HOST = '127.0.0.1'
/** It takes a quarter of a second, in which those who were waiting for the start should be answered. */
const UNTIL_STARTED_MILLISECONDS = 2_000

/** Serves the forum on a migrated database until `stop` is aborted, and lets everything under way come to its end. */
export async function serveForum(
  config: Config,
  databaseUrl: string,
  log: FastifyBaseLogger,
  stop: AbortSignal,
): Promise<void> {
  await using endings = new AsyncDisposableStack()
  const forum = await openForum(config, databaseUrl, log)
  endings.defer(forum.close)
  await seedBoards(forum.database)
  if (stop.aborted) return
  if (config.worker) {
    const running = endings.use(await runJobs(forum, jobs))
    // At once, and not after the requests: each has some seconds to end.
    stop.addEventListener('abort', running.stop, { once: true })
  }
  if (config.bounceListen) endings.use(await openInboundSmtp(config.bounceListen, returnedMail(forum)))
  const app = await openWeb(forum)
  endings.defer(() => close(app))
  await listen(app, config)

  const link = await firstAdminLink(forum)
  const invitation = link ? `Nobody administers it yet. Whoever opens this link first does:\n${link}\n` : ''
  process.stdout.write(`Contrechamp listens on ${config.origin}\n${invitation}`)
  const started = setTimeout(giveBackMemory, UNTIL_STARTED_MILLISECONDS)
  endings.defer(() => clearTimeout(started))
  if (!stop.aborted) await once(stop, 'abort')
}

async function listen(app: App, { port, host, onionPort }: Config): Promise<void> {
  await listenAt('PORT', port, host, () => app.listen({ port, host }))
  if (onionPort === null) return
  await listenAt('ONION_PORT', onionPort, ONION_HOST, async () => {
    app.onionServer.listen(onionPort, ONION_HOST)
    await once(app.onionServer, 'listening')
  })
}

async function listenAt(setting: string, port: number, host: string, open: () => Promise<unknown>): Promise<void> {
  try {
    await open()
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error && 'code' in error)) throw error
    const { syscall, code } = error
    if (code === 'EADDRINUSE') {
      throw new OperatorError(
        `Port ${port} on ${host} is taken: stop the program that uses it, or set ${setting} to another.`,
      )
    }
    if (code === 'EACCES') throw new OperatorError(`Port ${port} needs more rights: set ${setting} to one above 1023.`)
    if (syscall === 'listen' || syscall === 'getaddrinfo') {
      throw new OperatorError(`HOST ${host} is not an address of this machine (${code}).`)
    }
    throw error
  }
}

/** Lets balancers send people elsewhere, answers the requests under way and takes no more. */
async function close(app: App): Promise<void> {
  await app.leaveBalancers()
  const late = setTimeout(() => {
    app.server.closeAllConnections()
    app.onionServer.closeAllConnections()
  }, LONGEST_REQUEST_MILLISECONDS)
  // Connections whose last request was just answered: nothing else closes them.
  const idle = setInterval(() => {
    app.server.closeIdleConnections()
    app.onionServer.closeIdleConnections()
  }, IDLE_CONNECTIONS_MILLISECONDS)
  await app.close()
  clearInterval(idle)
  clearTimeout(late)
}
