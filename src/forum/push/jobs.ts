import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Forum } from '../forum.ts'
import { tellBrowsers } from './tell-browsers.ts'

export const pushJobs: Jobs<Forum> = { tasks: { tell_browsers: tellBrowsers }, schedule: ['* * * * * tell_browsers'] }
