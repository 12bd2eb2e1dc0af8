import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'
import { dropMails } from '../../platform/mail/mail.ts'
import { digestSettings } from '../../schema/digests.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { emailOfMember } from '../members/email-addresses.ts'
import type { AddressChange, Leaving, OutdatedMail } from '../members/steps.ts'
import { readSettings } from '../settings.ts'
import type { Step } from '../step.ts'
import { FIRST, newsSince, nextDigest, type Rhythm } from './next-digest.ts'

/**
 * Begins a member's digests after they have confirmed an address, or come back after the last digest. Uses the rhythm
 * that they chose earlier. The first digest has no older posts. Running digests go on unchanged.
 */
export async function beginDigests(transaction: Database | Transaction, memberId: number): Promise<void> {
  const chosen = await digestsOf(transaction, memberId)
  const nextAt = nextDigest(new Date(), chosen)
  await transaction
    .insert(digestSettings)
    .values({ memberId, ...chosen, nextAt })
    .onConflictDoUpdate({
      target: digestSettings.memberId,
      set: { nextAt, coveredUntil: sql`now()` },
      setWhere: isNull(digestSettings.nextAt),
    })
}

/** Starts a member's digests when they have an address, and stops them without one. Their choice of rhythm is kept. */
export const digestsFollowAddress: Step<AddressChange> = async (transaction, { kind, memberId }) => {
  if (kind === 'confirmed') await beginDigests(transaction, memberId)
  else await transaction.update(digestSettings).set({ nextAt: null }).where(eq(digestSettings.memberId, memberId))
}

/** A former member gets no digests. */
export const endDigests: Step<Leaving> = async (transaction, { memberId }) => {
  await transaction.update(digestSettings).set({ nextAt: null }).where(eq(digestSettings.memberId, memberId))
}

/** Starts them again when the member comes back, if they have an address. */
export const resumeDigests: Step<Leaving> = async (transaction, { memberId }) => {
  if (await emailOfMember(transaction, memberId)) await beginDigests(transaction, memberId)
}

export const forgetDigests: Step<Leaving> = async (transaction, { memberId }) => {
  await transaction.delete(digestSettings).where(eq(digestSettings.memberId, memberId))
}

export interface ChosenDigests extends Rhythm {
  notifyByMail: boolean
}

/** A member's choice of digests. */
export async function digestsOf(database: Database | Transaction, memberId: number): Promise<ChosenDigests> {
  const { rhythm, weekday, hour, timeZone, notifyByMail } = digestSettings
  const [found] = await database
    .select({ rhythm, weekday, hour, timeZone, notifyByMail })
    .from(digestSettings)
    .where(eq(digestSettings.memberId, memberId))
  if (found) return found
  const { digest_rhythm: usual, digest_hour: usualHour } = await readSettings({ database })
  const [member] = await database.select({ zone: members.timeZone }).from(members).where(eq(members.id, memberId))
  const timeZoneOfMember = member?.zone ?? FIRST.timeZone
  return { ...FIRST, rhythm: usual, hour: usualHour, timeZone: timeZoneOfMember, notifyByMail: false }
}

/**
 * Changes a member's choice of digests. After a pause, the first digest has no older posts. A digest that is due now is
 * still sent, if only the other choices change.
 */
export async function chooseDigests(
  database: Database | Transaction,
  memberId: number,
  chosen: ChosenDigests,
): Promise<void> {
  const { nextAt, coveredUntil, rhythm, weekday, hour, timeZone } = digestSettings
  const row = { ...chosen, nextAt: nextDigest(new Date(), chosen) }
  const isSame = and(
    isNotNull(nextAt),
    eq(rhythm, chosen.rhythm),
    eq(weekday, chosen.weekday),
    eq(hour, chosen.hour),
    eq(timeZone, chosen.timeZone),
  )
  await database
    .insert(digestSettings)
    .values({ memberId, ...row })
    .onConflictDoUpdate({
      target: digestSettings.memberId,
      set: {
        ...row,
        nextAt: sql`case when ${isSame} then ${nextAt} else ${row.nextAt?.toISOString() ?? null}::timestamptz end`,
        coveredUntil: sql`case when ${nextAt} is null then now() else ${coveredUntil} end`,
      },
    })
}

/** Moves a member's digests to another time zone at the same hour. Stopped digests stay stopped. */
export async function moveDigests(database: Database, memberId: number, zone: string): Promise<void> {
  const { rhythm, weekday, hour, notifyByMail, nextAt, memberId: member, timeZone } = digestSettings
  const [found] = await database
    .select({ rhythm, weekday, hour, notifyByMail, nextAt, timeZone })
    .from(digestSettings)
    .where(eq(member, memberId))
  if (!found || found.timeZone === zone) return
  const { nextAt: next, ...chosen } = found
  if (next) await chooseDigests(database, memberId, { ...chosen, timeZone: zone })
  else await database.update(digestSettings).set({ timeZone: zone }).where(eq(member, memberId))
}

/**
 * Stops one kind of mail for a member, with mails in the queue. Answers the former rhythm, to undo it; null when the
 * member no longer exists.
 */
export async function stopMails(
  database: Database,
  memberId: number,
  kind: 'digest' | 'notification',
): Promise<Rhythm['rhythm'] | null> {
  return database.transaction(async (transaction) => {
    if (!(await isThere(transaction, memberId))) return null
    const before = await digestsOf(transaction, memberId)
    const stopped = kind === 'digest' ? { rhythm: 'never' as const } : { notifyByMail: false }
    await chooseDigests(transaction, memberId, { ...before, ...stopped })
    await dropMails(transaction, memberId, kind)
    return before.rhythm
  })
}

/** Whether the member exists. Locks the row, so that they exist until the transaction ends. */
async function isThere(transaction: Transaction, memberId: number): Promise<boolean> {
  const found = await transaction
    .select({ id: members.id })
    .from(members)
    .where(eq(members.id, memberId))
    .for('key share')
  return found.length > 0
}

/** Starts them again, digests with their former rhythm. Answers whether the member still exists. */
export async function resumeMails(
  database: Database,
  memberId: number,
  kind: 'digest' | 'notification',
  rhythm: Rhythm['rhythm'],
): Promise<boolean> {
  return database.transaction(async (transaction) => {
    if (!(await isThere(transaction, memberId))) return false
    const before = await digestsOf(transaction, memberId)
    const resumed = kind === 'digest' ? { rhythm: rhythm === 'never' ? FIRST.rhythm : rhythm } : { notifyByMail: true }
    await chooseDigests(transaction, memberId, { ...before, ...resumed })
    return true
  })
}

/** Remembers that a member visited today. After a long absence, their digests start again. */
export async function rememberVisit(database: Database, memberId: number): Promise<void> {
  const { seenOn, nextAt } = digestSettings
  const [seen] = await database
    .update(digestSettings)
    .set({ seenOn: sql`current_date` })
    .where(and(eq(digestSettings.memberId, memberId), lt(seenOn, sql`current_date`)))
    .returning({ nextAt, hasAddress: sql<boolean>`exists (select from email_addresses where member_id = ${memberId})` })
  if (seen?.hasAddress && seen.nextAt === null) await beginDigests(database, memberId)
}

/** Up to when a member's digests have told; a week ago for a member without digests. */
export async function coveredUntil(database: Database, memberId: number): Promise<Date> {
  const [found] = await database
    .select({ coveredUntil: digestSettings.coveredUntil })
    .from(digestSettings)
    .where(eq(digestSettings.memberId, memberId))
  return newsSince(new Date(), found?.coveredUntil ?? new Date(Date.now() - 7 * 86_400_000))
}

/**
 * A digest was not sent, because a post in it is hidden now. Makes another due at once for the same time. A preview has
 * no such time, so it is dropped.
 */
export async function digestAnew({ database }: Forum, { kind, member, id: mail }: OutdatedMail): Promise<void> {
  if (kind !== 'digest') return
  await database.execute(sql`
    update digest_settings set next_at = now(), covered_until = least(covered_until, told_since)
    from mails
    where digest_settings.member_id = ${member} and next_at is not null and mails.id = ${mail} and told_since is not null`)
}
