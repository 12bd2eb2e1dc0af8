import { sql } from 'drizzle-orm'
import { deleteInSlices } from '../../../platform/database/delete-in-slices.ts'
import type { Forum } from '../../forum.ts'
import { type Forget, RETENTION } from '../../retention.ts'

/** Deletes notices with their senders, some months after the decision. */
export const forgetNotices: Forget<Forum> = ({ database }, now) =>
  deleteInSlices(
    database,
    'notices',
    sql`case_id in (
      select id from cases
      where closed_at < ${now.toISOString()}::timestamptz - make_interval(months => ${RETENTION.noticeMonths}::int)
    )`,
  )
