import { eq, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { nextDigest, type Rhythm } from './next-digest.ts'
import { digestSettings } from './schema.ts'

/** How a new subscriber of digests gets them, until they choose. */
const FIRST: Rhythm = { rhythm: 'daily', weekday: 1, hour: 7, timeZone: 'Europe/Paris' }

/** Begins the digests of a member who has confirmed an address; one who has chosen already keeps that. */
export async function beginDigests(transaction: Transaction, memberId: number): Promise<void> {
  await transaction
    .insert(digestSettings)
    .values({ memberId, ...FIRST, nextAt: nextDigest(new Date(), FIRST) })
    .onConflictDoNothing()
}

export interface ChosenDigests extends Rhythm {
  notifyByMail: boolean
}

/** How a member gets their digests. */
export async function digestsOf(database: Database, memberId: number): Promise<ChosenDigests> {
  const [found] = await database.select().from(digestSettings).where(eq(digestSettings.memberId, memberId))
  return found ?? { ...FIRST, notifyByMail: false }
}

/** Changes how a member gets their digests. What was posted before somebody starts them again is not in the first. */
export async function chooseDigests(database: Database, memberId: number, chosen: ChosenDigests): Promise<void> {
  const row = { ...chosen, nextAt: nextDigest(new Date(), chosen) }
  await database
    .insert(digestSettings)
    .values({ memberId, ...row })
    .onConflictDoUpdate({
      target: digestSettings.memberId,
      set: {
        ...row,
        coveredUntil: sql`case when ${digestSettings.nextAt} is null then now() else ${digestSettings.coveredUntil} end`,
      },
    })
}

/** Ends one kind of a member's mails. Answers how they got them, to start them again so. */
export async function stopMails(
  database: Database,
  memberId: number,
  kind: 'digest' | 'notification',
): Promise<Rhythm['rhythm']> {
  const before = await digestsOf(database, memberId)
  const stopped = kind === 'digest' ? { rhythm: 'never' as const } : { notifyByMail: false }
  await chooseDigests(database, memberId, { ...before, ...stopped })
  return before.rhythm
}

/** Starts them again, the digests in the rhythm that they had. */
export async function resumeMails(
  database: Database,
  memberId: number,
  kind: 'digest' | 'notification',
  rhythm: Rhythm['rhythm'],
): Promise<void> {
  const before = await digestsOf(database, memberId)
  const resumed = kind === 'digest' ? { rhythm: rhythm === 'never' ? FIRST.rhythm : rhythm } : { notifyByMail: true }
  await chooseDigests(database, memberId, { ...before, ...resumed })
}

/** Remembers that a member was on the site today. */
export async function seenToday(database: Database, memberId: number): Promise<void> {
  await database.execute(sql`
    update digest_settings set seen_on = current_date where member_id = ${memberId} and seen_on < current_date`)
}

/** Until when a member has been told, or need not be: a week ago for those who get no digests. */
export async function coveredUntil(database: Database, memberId: number): Promise<Date> {
  const [found] = await database
    .select({ coveredUntil: digestSettings.coveredUntil })
    .from(digestSettings)
    .where(eq(digestSettings.memberId, memberId))
  return found?.coveredUntil ?? new Date(Date.now() - 7 * 86_400_000)
}
