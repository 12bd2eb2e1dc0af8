import type { FastifyBaseLogger } from 'fastify'
import { archivePages } from '../views/exports/archive-page.ts'
import { writeMails } from '../views/mails/mails.ts'
import type { Config } from './config.ts'
import { dailyJobs } from './forum/administration/daily-totals.ts'
import { retentionJobs } from './forum/administration/keep-retention.ts'
import { backupJobs } from './forum/administration/nightly-backup.ts'
import { forgetSamples, statusJobs } from './forum/administration/status-samples.ts'
import { digestJobs } from './forum/digests/jobs.ts'
import { digestAnew, digestsFollowAddress, endDigests, forgetDigests, resumeDigests } from './forum/digests/settings.ts'
import { erasePostsOfFormerMembers } from './forum/discussion/erase-posts-of-former.ts'
import { postJobs } from './forum/discussion/jobs.ts'
import { forgetUsefulMarks } from './forum/discussion/mark-useful.ts'
import { moveThreadsOfBoard } from './forum/discussion/merge-boards.ts'
import { unlinkMentions } from './forum/discussion/unlink-mentions.ts'
import { isForumEvent } from './forum/events.ts'
import { forgetExport } from './forum/exports/ask-export.ts'
import { exportJobs } from './forum/exports/jobs.ts'
import { forgetExports } from './forum/exports/queries.ts'
import { authorSubscribes, starterSubscribes } from './forum/following/author-subscribes.ts'
import { forgetFollowing } from './forum/following/forget-member.ts'
import { followMergedBoard } from './forum/following/merge-boards.ts'
import { moveReaders } from './forum/following/move-readers.ts'
import type { Forum, Steps } from './forum/forum.ts'
import { emailJobs } from './forum/members/email-jobs.ts'
import {
  forgetIdempotencyKeys,
  forgetLinks,
  forgetMails,
  forgetSessions,
  forgetTokens,
} from './forum/members/forget.ts'
import { accountJobs } from './forum/members/jobs.ts'
import { eraseFormerMembers } from './forum/members/leaving/erase.ts'
import { caseOfMember } from './forum/moderation/case-of-member.ts'
import { caseOfChecked, caseOfHeld, holdsPost } from './forum/moderation/hold-posts.ts'
import { moderationJobs } from './forum/moderation/jobs.ts'
import { logBoardChange, logOfMergedBoard } from './forum/moderation/log-boards.ts'
import { logRoleChange } from './forum/moderation/log-roles.ts'
import { forgetNotices } from './forum/moderation/notices/forget-notices.ts'
import { whyBanned } from './forum/moderation/sanction-queries.ts'
import { settleHeldCase } from './forum/moderation/settle-held.ts'
import { logMove, logPostChange, logThreadChange } from './forum/moderation/steps.ts'
import { checksSuspect, holdsSuspect } from './forum/moderation/suspect-posts.ts'
import { notifyOfAccount } from './forum/notices/account-notifications.ts'
import { forgetNotifications, forgetNotificationsOf } from './forum/notices/forget.ts'
import { notificationJobs } from './forum/notices/jobs.ts'
import { mailAnew } from './forum/notices/mail-notifications.ts'
import { markThreadRead } from './forum/notices/mark-read.ts'
import { notificationsOfMergedBoard } from './forum/notices/merge-boards.ts'
import { moveNotifications } from './forum/notices/move-notifications.ts'
import {
  leaveCrowdToSweep,
  notifyMentioned,
  notifyOfDeletion,
  notifyOfRemoval,
  notifyOfReply,
  notifyOfThread,
} from './forum/notices/notify.ts'
import { retractPost, retractThread } from './forum/notices/retract.ts'
import { pushJobs } from './forum/push/jobs.ts'
import { forgetPushBrowsers } from './forum/push/push-browsers.ts'
import { indexMergedBoard, indexNamesOfBoard } from './forum/search/index-boards.ts'
import { searchJobs } from './forum/search/jobs.ts'
import { findForDigests } from './forum/search/saved-searches.ts'
import {
  indexChange,
  indexMoved,
  indexRendered,
  indexReply,
  indexThread,
  indexThreadChange,
} from './forum/search/steps.ts'
import { forumSettings, lastSettings } from './forum/settings.ts'
import { forgetDeliveries, forgetWebhooks, restWebhooks } from './forum/webhooks/forget.ts'
import { webhookJobs } from './forum/webhooks/jobs.ts'
import { webhooksOfMergedBoard } from './forum/webhooks/merge-boards.ts'
import {
  webhooksOfChange,
  webhooksOfFlag,
  webhooksOfReply,
  webhooksOfThread,
  webhooksOfThreadChange,
} from './forum/webhooks/steps.ts'
import { siteSecret } from './platform/crypto/secret.ts'
import { openDatabase } from './platform/database/database.ts'
import type { Patience } from './platform/database/pool.ts'
import { openReplicas } from './platform/database/replicas.ts'
import type { App } from './platform/http/app.ts'
import type { Jobs } from './platform/jobs/jobs.ts'
import { openBus } from './platform/live/bus.ts'
import { openRedisBus } from './platform/live/redis-bus.ts'
import { openSending } from './platform/mail/sending.ts'
import { openTransport } from './platform/mail/transport.ts'
import { forgetAttempts } from './platform/rate-limits/forget-attempts.ts'
import { limitJobs } from './platform/rate-limits/jobs.ts'
import { openMarkdown } from './platform/text/markdown/markdown.ts'

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
  const markdown = endings.adopt(openMarkdown(), (opened) => opened.close())
  const sending = endings.adopt(openSending(), (opened) => opened.close())
  const opened = endings.move()
  const parts = { config, secret, database, replicas, bus, markdown, transport, sending, steps, archivePages, log }
  const mails = writeMails(() => lastSettings(forum).name)
  const forum: Forum = { ...parts, mails, close: () => opened.disposeAsync() }
  await forumSettings(forum)
  return forum
}

function openCarrier({ liveBus }: Config, secret: string, databaseUrl: string, log: FastifyBaseLogger) {
  if (liveBus) return openRedisBus(liveBus, secret, isForumEvent, log)
  return openBus(databaseUrl, isForumEvent, log)
}

/** What each verb also does, in this order: who cares is known here alone. */
const steps: Steps = {
  memberWaits: [caseOfMember],
  holds: [holdsPost, holdsSuspect],
  checks: [checksSuspect],
  postHeld: [caseOfHeld],
  postToCheck: [caseOfChecked],
  reply: [authorSubscribes, leaveCrowdToSweep, notifyOfReply, indexReply, webhooksOfReply],
  threadStarted: [starterSubscribes, notifyOfThread, indexThread, webhooksOfThread],
  postChanged: [
    settleHeldCase,
    retractPost,
    notifyMentioned,
    notifyOfDeletion,
    indexChange,
    webhooksOfChange,
    logPostChange,
  ],
  threadChanged: [retractThread, notifyOfRemoval, indexThreadChange, webhooksOfThreadChange, logThreadChange],
  postsMoved: [moveNotifications, moveReaders, indexMoved, logMove],
  boardChanged: [indexNamesOfBoard, logBoardChange],
  boardsMerged: [
    ...[moveThreadsOfBoard, followMergedBoard, notificationsOfMergedBoard, indexMergedBoard],
    ...[webhooksOfMergedBoard, logOfMergedBoard],
  ],
  postFlagged: [webhooksOfFlag],
  addressChanged: [digestsFollowAddress],
  roleChanged: [logRoleChange],
  accountChanged: [notifyOfAccount],
  memberLeft: [endDigests, restWebhooks, forgetPushBrowsers, forgetExport],
  memberCameBack: [resumeDigests],
  memberErased: [
    unlinkMentions,
    forgetUsefulMarks,
    forgetFollowing,
    forgetNotificationsOf,
    forgetDigests,
    forgetWebhooks,
    forgetPushBrowsers,
  ],
  whyBanned,
  mailOutdated: [mailAnew, digestAnew],
  postRendered: [indexRendered],
  digestFinds: [findForDigests],
  threadRead: [markThreadRead],
  forgetting: [
    ...[forgetSessions, forgetTokens, forgetIdempotencyKeys, forgetLinks, forgetMails],
    ...[
      forgetAttempts,
      forgetNotices,
      forgetExports,
      forgetNotifications,
      forgetDeliveries,
      forgetSamples,
      eraseFormerMembers,
      erasePostsOfFormerMembers,
    ],
  ],
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
