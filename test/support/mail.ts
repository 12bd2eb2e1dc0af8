import { sql } from 'drizzle-orm'
import { sendDueDigests } from '../../src/forum/digests/send-due.ts'
import { beginDigests } from '../../src/forum/digests/settings.ts'
import type { Forum } from '../../src/forum/forum.ts'
import { addressKey } from '../../src/forum/members/email-key.ts'
import { addressFeedback } from '../../src/forum/members/email-refusals.ts'
import { type Mail, queueMails } from '../../src/platform/mail/mail.ts'
import { sendMails } from '../../src/platform/mail/send-mails.ts'
import { emailAddresses } from '../../src/schema/email-addresses.ts'
import { PASSWORD, type TestForum } from './forum.ts'
import type { Person } from './person.ts'
import { idOf } from './threads.ts'

/** Members with addresses that they have confirmed, named by what stands before the @. */
export async function correspondents(forum: TestForum, ...names: string[]): Promise<number[]> {
  const ids: number[] = []
  for (const name of names) {
    await forum.member(name)
    ids.push(await confirmAddress(forum, name))
  }
  return ids
}

/** Gives a member an address that they have confirmed, named like them. Answers their id. */
export async function confirmAddress(forum: TestForum, name: string): Promise<number> {
  const memberId = await idOf(forum, name)
  const address = `${name}@example.org`
  await forum.database.insert(emailAddresses).values({ memberId, address, addressKey: addressKey(address) })
  return memberId
}

/** Somebody with an address, who gets digests from now on. */
export async function digestReader(forum: TestForum, name: string): Promise<{ id: number; person: Person }> {
  const [id = 0] = await correspondents(forum, name)
  await beginDigests(forum.database, id)
  const person = forum.passerBy()
  await person.post('/login', { username: name, password: PASSWORD })
  return { id, person }
}

/** So many members whom a board's threads reach in digests: some at once, the others tomorrow. They exist in the database alone. */
export async function manyDigestReaders({ database }: TestForum, members: number, due = 0): Promise<void> {
  await database.execute(sql`
    with crowd as (
      insert into members (username, username_key, password_hash)
      select 'foule' || n, 'foule' || n, '' from generate_series(1, ${members}::int) as n
      returning id
    ), addressed as (
      insert into email_addresses (member_id, address, address_key)
      select id, id || '@exemple.fr', id || '@exemple.fr' from crowd
    ), rhythm as (
      insert into digest_settings (member_id, covered_until, next_at)
      select id, now() - interval '1 day',
        case when row_number() over () <= ${due}::int then now() - interval '1 minute' else now() + interval '1 day' end
      from crowd
    )
    insert into board_subscriptions (member_id, board_id, level)
    select crowd.id, boards.id, 'following' from crowd join boards on slug = 'marseille'`)
}

/** Sends the digests as if everybody's hour had come; what was posted just now is old enough to be told. */
export async function sendDigests(forum: TestForum): Promise<void> {
  await forum.database.execute(sql`
    update digest_settings set next_at = now() - interval '1 second' where next_at is not null`)
  await sendDueDigests(forum, 0)
  await send(forum)
}

/** A digest to a member. */
export const digestTo = (member: number, more: Partial<Mail & Mail['content']> = {}): Mail => {
  const {
    subject = 'Marseille : 3 sujets, 12 réponses',
    text = 'Trois sujets.\n',
    html = '<p>Trois sujets.</p>',
  } = more
  const { unsubscribe = `digest-${member}.0`, conversation, ...mail } = more
  const content = { subject, text, html, unsubscribe, ...(conversation ? { conversation } : {}) }
  return { member, kind: 'digest', ...mail, content }
}

export const queue = (forum: Forum, ...mails: Mail[]): Promise<void> =>
  forum.database.transaction((transaction) => queueMails(forum, transaction, mails))

export const send = (forum: Forum): Promise<void> => sendMails(forum, addressFeedback)

/** Lets the time pass until everything that waits is tried again. */
export async function laterOn({ database }: Forum): Promise<void> {
  await database.execute(sql`update mails set next_try_at = now() where state = 'queued'`)
}

/** What became of the mails, in the order in which they were queued. */
export async function fates({ database }: Forum) {
  const { rows } = await database.execute<Record<string, unknown>>(sql`
    select state, tries, letter is null as forgotten, sender, next_try_at > now() as waits from mails order by id`)
  return rows
}
