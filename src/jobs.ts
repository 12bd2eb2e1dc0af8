import { digestJobs } from './forum/digests/jobs.ts'
import { postJobs } from './forum/discussion/jobs.ts'
import { emailJobs } from './forum/members/email-jobs.ts'
import { accountJobs } from './forum/members/jobs.ts'
import { notificationJobs } from './forum/notices/jobs.ts'
import type { FeatureJobs } from './platform/jobs/jobs.ts'
import { limitJobs } from './platform/rate-limits/jobs.ts'

/** What the forum does in the background, feature by feature. */
export const jobs: readonly FeatureJobs[] = [limitJobs, accountJobs, postJobs, notificationJobs, digestJobs, emailJobs]
