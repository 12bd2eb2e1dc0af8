import { forgetSamples } from './forum/administration/status-samples.ts'
import { digestAnew, digestsFollowAddress, endDigests, forgetDigests, resumeDigests } from './forum/digests/settings.ts'
import { erasePostsOfFormerMembers } from './forum/discussion/erase-posts-of-former.ts'
import { forgetUsefulMarks } from './forum/discussion/mark-useful.ts'
import { moveThreadsOfBoard } from './forum/discussion/merge-boards.ts'
import { unlinkMentions } from './forum/discussion/unlink-mentions.ts'
import { forgetExport } from './forum/exports/ask-export.ts'
import { forgetExports } from './forum/exports/queries.ts'
import { authorSubscribes, starterSubscribes } from './forum/following/author-subscribes.ts'
import { forgetFollowing } from './forum/following/forget-member.ts'
import { followMergedBoard } from './forum/following/merge-boards.ts'
import { moveReaders } from './forum/following/move-readers.ts'
import type { Steps } from './forum/forum.ts'
import {
  forgetIdempotencyKeys,
  forgetLinks,
  forgetMails,
  forgetSessions,
  forgetTokens,
} from './forum/members/forget.ts'
import { eraseFormerMembers } from './forum/members/leaving/erase.ts'
import { caseOfMember } from './forum/moderation/case-of-member.ts'
import { forgetWordsOf } from './forum/moderation/forget-words.ts'
import { caseOfChecked, caseOfHeld, holdsPost } from './forum/moderation/hold-posts.ts'
import { logBoardChange, logOfMergedBoard } from './forum/moderation/log-boards.ts'
import { logRoleChange } from './forum/moderation/log-roles.ts'
import { forgetNotices } from './forum/moderation/notices/forget-notices.ts'
import { whyBanned } from './forum/moderation/sanction-queries.ts'
import { settleHeldCase } from './forum/moderation/settle-held.ts'
import { logMove, logPostChange, logThreadChange } from './forum/moderation/steps.ts'
import { checksSuspect, holdsSuspect } from './forum/moderation/suspect-posts.ts'
import { notifyOfAccount } from './forum/notices/account-notifications.ts'
import { forgetNotifications, forgetNotificationsOf } from './forum/notices/forget.ts'
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
import { forgetPushBrowsers } from './forum/push/push-browsers.ts'
import { indexMergedBoard, indexNamesOfBoard } from './forum/search/index-boards.ts'
import { findForDigests, forgetSearches } from './forum/search/saved-searches.ts'
import {
  indexChange,
  indexMoved,
  indexRendered,
  indexReply,
  indexThread,
  indexThreadChange,
} from './forum/search/steps.ts'
import { forgetDeliveries, forgetWebhooks, restWebhooks } from './forum/webhooks/forget.ts'
import { webhooksOfMergedBoard } from './forum/webhooks/merge-boards.ts'
import {
  webhooksOfChange,
  webhooksOfFlag,
  webhooksOfReply,
  webhooksOfThread,
  webhooksOfThreadChange,
} from './forum/webhooks/steps.ts'
import { forgetAttempts } from './platform/rate-limits/forget-attempts.ts'

/** What each verb also does, in this order: who cares is known here alone. */
export const steps: Steps = {
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
    forgetSearches,
    forgetNotificationsOf,
    forgetDigests,
    forgetWebhooks,
    forgetPushBrowsers,
    forgetWordsOf,
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
