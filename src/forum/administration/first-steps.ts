import { inArray } from 'drizzle-orm'
import { lastBackup } from '../../platform/backup/keep-backups.ts'
import { acts } from '../../schema/moderation.ts'
import type { Forum } from '../forum.ts'
import { forumSettings } from '../settings.ts'
import { OLDEST_BACKUP_DAYS } from './check-set-up.ts'
import { lastTestMail, type TestMail } from './mail-queue.ts'

const DAY_MILLISECONDS = 86_400_000

/** What a new admin does first, and whether it is so. */
export interface FirstSteps {
  /** The forum has a name of its own. */
  name: boolean
  /** Somebody has looked after the boards. */
  boards: boolean
  mail: {
    /** Mail goes to a server, and not to a folder. */
    toServer: boolean
    /** What became of the last test mail; null: there was none. */
    test: TestMail | null
  }
  backup: {
    /** `BACKUP_DIR` is set: one is made each night. */
    nightly: boolean
    /** When the last whole backup in that folder was made. */
    last: Date | null
    /** `last` is not too long ago. */
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
