import { sql } from 'drizzle-orm'
import { type Mail, type MailContent, queueMails } from '../../platform/mail/mail.ts'
import { asLanguage } from '../../platform/text/i18n/languages.ts'
import { RHYTHMS } from '../../schema/enums.ts'
import { boardCatalogue, type Catalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { toldPosts } from '../members/told-posts.ts'
import { composeDigest, type DigestReader } from './compose-digest.ts'
import { contentFor } from './content.ts'
import { afterAbsence, newsSince, nextDigest } from './next-digest.ts'

const MEMBERS_AT_ONCE = 200
/**
 * Posts of the last seconds may not be committed yet, so the next digest has them. Must be longer than any statement
 * takes from its clock to its commit (`PATIENCE` of the pool), or a reply that waited for a lock would be in no digest.
 */
const LAG_SECONDS = 20

interface DueRow {
  member: number
  since: Date
  language: string
  rhythm: (typeof RHYTHMS)[number]
  weekday: number
  hour: number
  timeZone: string
  nextAt: Date | null
  seenOn: Date
  /** Whether they have an address that accepts mail. */
  reachable: boolean
}

/**
 * Sends all digests that are due, in batches, so that memory and transactions stay small. For each member, one
 * transaction writes the digest to the queue and sets the next date, so that after a crash nobody gets two or none.
 */
export async function sendDueDigests(forum: Forum, lagSeconds = LAG_SECONDS): Promise<void> {
  while (await sendBatch(forum, lagSeconds));
}

/**
 * Sends one batch; answers whether there may be more. When a batch fails, its members are tried one by one, and one
 * whose digest fails again waits an hour. So one broken digest does not stop the others.
 */
export async function sendBatch(forum: Forum, lagSeconds: number): Promise<boolean> {
  try {
    return await sendSome(forum, lagSeconds, MEMBERS_AT_ONCE)
  } catch (error) {
    forum.log.error({ err: error }, 'a batch of digests failed')
  }
  for (let member = 0; member < MEMBERS_AT_ONCE; member += 1) {
    try {
      if (!(await sendSome(forum, lagSeconds, 1))) return false
    } catch (error) {
      forum.log.error({ err: error }, 'a digest failed')
      await postponeFirst(forum)
    }
  }
  return true
}

/** Postpones the member who is due first. */
async function postponeFirst({ database }: Forum): Promise<void> {
  await database.execute(sql`
    update digest_settings set next_at = now() + interval '1 hour'
    where member_id = (
      select member_id from digest_settings where next_at <= now() order by next_at limit 1 for update skip locked
    )`)
}

async function sendSome(forum: Forum, lagSeconds: number, most: number): Promise<boolean> {
  const catalogue = await boardCatalogue(forum)
  return forum.database.transaction(async (transaction) => {
    const { rows } = await transaction.execute<Record<string, unknown>>(sql`
      select digest_settings.*, members.language, banned_at is null and left_at is null and address is not null as reachable,
        now(), now() - make_interval(secs => ${lagSeconds}) as until
      from digest_settings
      join members on members.id = digest_settings.member_id
      left join email_addresses on email_addresses.member_id = members.id and paused_at is null
      where next_at <= now()
      order by next_at limit ${most}
      for update of digest_settings skip locked`)
    if (rows.length === 0) return false
    const now = new Date(String(rows[0]?.now))
    const until = new Date(String(rows[0]?.until))
    const due = rows.map((row) => asDue(row, now))
    const allowed = due.filter((member) => member.reachable && !mustWait(now, member))
    const content = await contentFor(forum, transaction, allowed, until)
    const { mails, unwritten } = mailsFor(forum, catalogue, allowed, content, now)
    await queueMails(forum, transaction, mails)
    const told = new Set(mails.map(({ member }) => member))
    const ended = allowed.filter(({ member, seenOn }) => told.has(member) && afterAbsence(now, seenOn).last)
    const next = due.map((member) => (ended.includes(member) ? null : nextDigest(now, member)))
    // A member without news is covered up to now. A member who cannot get mail, or whose digest failed, gets the same
    // news with the next digest.
    await transaction.execute(sql`
      update digest_settings
      set next_at = given.next_at,
          covered_until = case when given.covered then ${until.toISOString()}::timestamptz else covered_until end
      from unnest(
        ${sql.param(due.map(({ member }) => member))}::bigint[],
        ${sql.param(next.map((moment) => moment?.toISOString() ?? null))}::timestamptz[],
        ${sql.param(due.map((one) => allowed.includes(one) && !unwritten.has(one.member)))}::boolean[]
      ) as given (member_id, next_at, covered)
      where digest_settings.member_id = given.member_id`)
    return rows.length === most
  })
}

/** Whether a member who has been away long waits longer. */
const mustWait = (now: Date, { since, seenOn }: DueRow): boolean =>
  now.getTime() - since.getTime() < afterAbsence(now, seenOn).leastDays * 86_400_000 - 3_600_000

type Content = Awaited<ReturnType<typeof contentFor>>

function mailsFor(
  forum: Forum,
  catalogue: Catalogue,
  due: readonly DueRow[],
  { calls, news }: Content,
  now: Date,
): { mails: Mail[]; unwritten: ReadonlySet<number> } {
  const callsOf = Map.groupBy(calls, ({ member }) => member)
  const newsOf = Map.groupBy(news, ({ member }) => member)
  const write = forum.mails.digests()
  const unwritten = new Set<number>()
  /** Catches the error of a digest that cannot be written, so that the others are sent. */
  const composed = (reader: DigestReader, told: Content): MailContent | null => {
    try {
      return composeDigest(forum, catalogue, reader, told, write)
    } catch (error) {
      forum.log.error({ err: error }, 'a digest could not be written')
      unwritten.add(reader.member)
      return null
    }
  }
  const mails = due.flatMap(({ member, since, language, timeZone, seenOn, nextAt }): Mail[] => {
    const told = { calls: callsOf.get(member) ?? [], news: newsOf.get(member) ?? [] }
    const last = afterAbsence(now, seenOn).last
    const reader = { member, last, timeZone, language: asLanguage(language) }
    const content = composed(reader, told)
    if (!content) return []
    const columns = toldPosts([...told.calls, ...told.news], since)
    return [{ member, kind: 'digest', content, columns, uniqueKey: `digest ${(nextAt ?? now).toISOString()}` }]
  })
  return { mails, unwritten }
}

function asDue(row: Record<string, unknown>, now: Date): DueRow {
  const seenOn = new Date(String(row.seen_on))
  const nextAt = row.next_at === null ? null : new Date(String(row.next_at))
  return {
    member: Number(row.member_id),
    since: newsSince(now, new Date(String(row.covered_until)), afterAbsence(now, seenOn).leastDays),
    language: String(row.language),
    rhythm: RHYTHMS.find((one) => one === row.rhythm) ?? 'never',
    weekday: Number(row.weekday),
    hour: Number(row.hour),
    timeZone: String(row.time_zone),
    nextAt,
    seenOn,
    reachable: row.reachable === true,
  }
}
