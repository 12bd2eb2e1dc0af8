import { digestAnew, digestsFollowAddress } from './digests/settings.ts'
import { authorSubscribes, starterSubscribes } from './following/author-subscribes.ts'
import type { Steps } from './forum.ts'
import { mailAnew } from './notices/mail-notifications.ts'
import { markThreadRead } from './notices/mark-read.ts'
import {
  leaveCrowdToSweep,
  notifyMentioned,
  notifyOfDeletion,
  notifyOfRemoval,
  notifyOfReply,
  notifyOfThread,
} from './notices/notify.ts'
import { retractPost, retractThread } from './notices/retract.ts'

/** What each verb also does, in this order. */
export const steps: Steps = {
  reply: [authorSubscribes, leaveCrowdToSweep, notifyOfReply],
  threadStarted: [starterSubscribes, notifyOfThread],
  postChanged: [retractPost, notifyMentioned, notifyOfDeletion],
  threadChanged: [retractThread, notifyOfRemoval],
  addressChanged: [digestsFollowAddress],
  mailOutdated: [mailAnew, digestAnew],
  threadRead: [markThreadRead],
}
