import { and, eq, isNull, notExists, sql } from 'drizzle-orm'
import { lastBackup, saveInto, USUAL_KEEPING } from '../../platform/backup/keep-backups.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import { members } from '../../schema/members.ts'
import { accountNotifications } from '../../schema/notifications.ts'
import { memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { notifyOfAccount } from '../notices/account-notifications.ts'
import { OLDEST_BACKUP_DAYS } from './check-set-up.ts'

const DAY_MILLISECONDS = 86_400_000

/**
 * Makes a backup in `BACKUP_DIR`, if that is set. Tells the admins when the last complete backup is too old, even when
 * this one fails.
 */
export async function nightlyBackup(forum: Forum): Promise<void> {
  const { backupDir, backupRecipient } = forum.config
  if (!backupDir) return
  try {
    await saveInto(forum.config, backupDir, USUAL_KEEPING, backupRecipient, new AbortController().signal)
  } finally {
    const last = await lastBackup(backupDir)
    const isOld = last === null || Date.now() - last.getTime() > OLDEST_BACKUP_DAYS * DAY_MILLISECONDS
    if (isOld) await tellAdmins(forum)
  }
}

/** Not again before they have read the last message. */
async function tellAdmins(forum: Forum): Promise<void> {
  await inTransaction(forum, async (transaction, announce) => {
    const told = transaction
      .select({ one: sql`1` })
      .from(accountNotifications)
      .where(
        and(
          eq(accountNotifications.memberId, members.id),
          eq(accountNotifications.occasion, 'backup_old'),
          isNull(accountNotifications.readAt),
        ),
      )
    const admins = await transaction
      .select({ id: members.id })
      .from(members)
      .where(and(eq(members.role, 'admin'), isNull(members.leftAt), notExists(told)))
      .orderBy(members.id)
    for (const { id } of admins) {
      await notifyOfAccount(transaction, { memberId: id, occasion: 'backup_old', path: '/admin/settings' })
      await announce(memberEvent('notified', id))
    }
  })
}

export const backupJobs: Jobs<Forum> = {
  tasks: { nightly_backup: nightlyBackup },
  schedule: ['15 2 * * * nightly_backup'],
}
