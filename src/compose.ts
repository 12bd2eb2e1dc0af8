import type { FastifyBaseLogger } from 'fastify'
import { archivePages } from '../views/exports/archive-page.ts'
import { writeMails } from '../views/mails/mails.ts'
import type { Config } from './config.ts'
import { dailyJobs } from './forum/administration/daily-totals.ts'
import { retentionJobs } from './forum/administration/keep-retention.ts'
import { backupJobs } from './forum/administration/nightly-backup.ts'
import { statusJobs } from './forum/administration/status-samples.ts'
import { digestJobs } from './forum/digests/jobs.ts'
import { postJobs } from './forum/discussion/jobs.ts'
import { isForumEvent } from './forum/events.ts'
import { exportJobs } from './forum/exports/jobs.ts'
import type { Forum } from './forum/forum.ts'
import { emailJobs } from './forum/members/email-jobs.ts'
import { accountJobs } from './forum/members/jobs.ts'
import { moderationJobs } from './forum/moderation/jobs.ts'
import { notificationJobs } from './forum/notices/jobs.ts'
import { pushJobs } from './forum/push/jobs.ts'
import { searchJobs } from './forum/search/jobs.ts'
import { forumSettings, lastSettings } from './forum/settings.ts'
import { webhookJobs } from './forum/webhooks/jobs.ts'
import { siteSecret } from './platform/crypto/secret.ts'
import { type Database, openDatabase } from './platform/database/database.ts'
import type { Patience } from './platform/database/pool.ts'
import { openReplicas } from './platform/database/replicas.ts'
import type { App } from './platform/http/app.ts'
import type { Jobs } from './platform/jobs/jobs.ts'
import { openBus } from './platform/live/bus.ts'
import { openRedisBus } from './platform/live/redis-bus.ts'
import { openSending } from './platform/mail/sending.ts'
import { openTransport } from './platform/mail/transport.ts'
import { type Attempts, attemptsIn } from './platform/rate-limits/attempts.ts'
import { limitJobs } from './platform/rate-limits/jobs.ts'
import { openRedisAttempts } from './platform/rate-limits/redis-attempts.ts'
import { openMarkdown } from './platform/text/markdown/markdown.ts'
import { steps } from './steps.ts'

/**
 * Opens what every verb stands on, on a migrated database. If a later step fails, what is open already is closed.
 * @param patience how long this process waits for the database, if not as long as ever.
 * @throws OperatorError when the database does not answer or the data folder cannot be written.
 */
export async function openForum(
  config: Config,
  databaseUrl: string,
  log: FastifyBaseLogger,
  patience?: Patience,
): Promise<Forum> {
  await using endings = new AsyncDisposableStack()
  const secret = await siteSecret(config)
  const transport = endings.adopt(await openTransport(config), (opened) => opened.close())
  const database = endings.adopt(await openDatabase(databaseUrl, config.databasePool, patience), ({ $client }) =>
    $client.end(),
  )
  const bus = endings.adopt(await openCarrier(config, secret, databaseUrl, log), (opened) => opened.close())
  const replicas = endings.adopt(openReplicas(database.$client, config, bus, log), (opened) => opened?.close())
  const attempts = await openAttempts(config, database, log, endings)
  const markdown = endings.adopt(openMarkdown(), (opened) => opened.close())
  const sending = endings.adopt(openSending(), (opened) => opened.close())
  const opened = endings.move()
  const parts = {
    config,
    secret,
    database,
    replicas,
    bus,
    attempts,
    markdown,
    transport,
    sending,
    steps,
    archivePages,
    log,
  }
  const mails = writeMails(() => lastSettings(forum))
  const forum: Forum = { ...parts, mails, close: () => opened.disposeAsync() }
  await forumSettings(forum)
  return forum
}

function openCarrier({ liveBus }: Config, secret: string, databaseUrl: string, log: FastifyBaseLogger) {
  if (liveBus) return openRedisBus(liveBus, secret, isForumEvent, log)
  return openBus(databaseUrl, isForumEvent, log)
}

async function openAttempts(
  { liveBus }: Config,
  database: Database,
  log: FastifyBaseLogger,
  endings: AsyncDisposableStack,
): Promise<Attempts> {
  if (!liveBus) return attemptsIn(database)
  return endings.adopt(await openRedisAttempts(liveBus, attemptsIn(database), log), (opened) => opened.close())
}

/** What the forum does in the background, subject by subject. */
export const jobs: readonly Jobs<Forum>[] = [
  limitJobs,
  accountJobs,
  moderationJobs,
  postJobs,
  notificationJobs,
  digestJobs,
  emailJobs,
  searchJobs,
  webhookJobs,
  pushJobs,
  exportJobs,
  retentionJobs,
  backupJobs,
  statusJobs,
  dailyJobs,
]

/** The web server with all its pages, in their order. Loaded when asked for: most commands answer no request. */
export async function openWeb(forum: Forum): Promise<App> {
  const { buildApp } = await import('./web/app.ts')
  return buildApp(forum)
}
