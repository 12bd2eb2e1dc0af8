import { inArray } from 'drizzle-orm'
import { lastBackup } from '../../platform/backup/keep-backups.ts'
import { acts } from '../../schema/moderation.ts'
import type { Forum } from '../forum.ts'
import { forumSettings } from '../settings.ts'
import { OLDEST_BACKUP_DAYS } from './check-set-up.ts'
import { lastTestMail, type TestMail } from './mail-queue.ts'

const DAY_MILLISECONDS = 86_400_000

/** The first steps of a new admin, and which are done. */
export interface FirstSteps {
  /** The forum has a name of its own. */
  name: boolean
  /** Somebody has changed the boards. */
  boards: boolean
  mail: {
    /** Whether a server sends mail; otherwise it becomes files in a folder. */
    toServer: boolean
    /** The last test mail; null for none. */
    test: TestMail | null
  }
  backup: {
    /** `BACKUP_DIR` is set, so a backup is made each night. */
    nightly: boolean
    /** When the last complete backup in that folder was made. */
    last: Date | null
    /** Whether `last` is recent enough. */
    isRecent: boolean
  }
}

export async function firstSteps(forum: Forum): Promise<FirstSteps> {
  const { database, config } = forum
  const [{ name }, [changed], test, last] = await Promise.all([
    forumSettings(forum),
    database
      .select({ id: acts.id })
      .from(acts)
      .where(inArray(acts.kind, ['board_create', 'board_change', 'board_archive', 'board_merge']))
      .limit(1),
    lastTestMail(forum),
    config.backupDir ? lastBackup(config.backupDir) : null,
  ])
  const isRecent = last !== null && Date.now() - last.getTime() < OLDEST_BACKUP_DAYS * DAY_MILLISECONDS
  return {
    name: name !== '',
    boards: changed !== undefined,
    mail: { toServer: config.smtpUrl !== null, test },
    backup: { nightly: config.backupDir !== null, last, isRecent },
  }
}
