import { accountJobs } from './features/accounts/jobs.ts'
import { digestJobs } from './features/digests/jobs.ts'
import { emailJobs } from './features/email/jobs.ts'
import { notificationJobs } from './features/notifications/jobs.ts'
import { postJobs } from './features/posts/jobs.ts'
import { limitJobs } from './platform/http/jobs.ts'
import type { FeatureJobs } from './platform/jobs/jobs.ts'

/** What the forum does in the background, feature by feature. */
export const jobs: readonly FeatureJobs[] = [limitJobs, accountJobs, postJobs, notificationJobs, digestJobs, emailJobs]
