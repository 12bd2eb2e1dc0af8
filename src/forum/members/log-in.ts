import { and, eq } from 'drizzle-orm'
import { invalidField, Problem } from '../../platform/problem.ts'
import { emailAddresses } from '../../schema/email-addresses.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { addressKey } from './email-key.ts'
import { countGuess } from './guesses.ts'
import { knownDevice } from './known-device.ts'
import { hashPassword, needsRehash, passwordMatches } from './passwords.ts'
import { usernameKey } from './username-key.ts'

export interface Login {
  /** A name in any spelling, or a confirmed address. */
  username: string
  password: string
  /** A digest of the network address. */
  place: string
  /** The cookie that lists the members who logged in with this browser. */
  devices: string
}

/** A member who just gave the right password. */
export interface KnownMember {
  id: number
  /** The stored hash. A new session begins only if it has not changed meanwhile. */
  passwordHash: string
}

/** 403: the password is right, but the member is banned. Says why and until when. */
export class Banned extends Problem {
  readonly memberId: number
  readonly reason: string
  readonly until: Date | null

  constructor(memberId: number, { reason, until }: { reason: string; until: Date | null }) {
    super(403, 'accounts.banned')
    this.memberId = memberId
    this.reason = reason
    this.until = until
  }
}

/**
 * Answers the member with this name or confirmed address, and this password. The answer and its time are the same
 * whether or not the member exists.
 * @throws Problem 422 when they do not match, 403 for a banned member, 429 after too many wrong ones, 503 when too many
 * wait.
 */
export async function logIn(forum: Forum, { username, password, place, devices }: Login): Promise<KnownMember> {
  const { database } = forum
  const name = username.trim()
  const isAddress = name.includes('@')
  const key = isAddress ? addressKey(name) : usernameKey(name)
  const [member] = await database
    .select({ id: members.id, passwordHash: members.passwordHash, bannedAt: members.bannedAt })
    .from(members)
    .leftJoin(emailAddresses, eq(emailAddresses.memberId, members.id))
    .where(isAddress ? eq(emailAddresses.addressKey, key) : eq(members.usernameKey, key))
  const device = member ? knownDevice(forum.secret, devices, member.id) : null
  const account = member ? `member ${member.id}` : `nobody ${key}`
  const guess = await countGuess(forum, { account, place, device })
  // Grouped by member, not by browser, because with one account anybody can make many known browsers.
  const group = member && device !== null ? `member ${member.id}` : place
  const matches = await passwordMatches(password, member?.passwordHash ?? null, group)
  if (!member || !matches) {
    guess.refuse()
    throw invalidField('password', 'accounts.wrong_login')
  }
  await guess.forgive()
  // Only after the right password.
  const ban = member.bannedAt && (await forum.steps.whyBanned(forum, member.id))
  if (ban) throw new Banned(member.id, ban)
  return { id: member.id, passwordHash: await hashedAsToday(forum, member, password) }
}

async function hashedAsToday({ database }: Forum, member: KnownMember, password: string): Promise<string> {
  if (!needsRehash(member.passwordHash)) return member.passwordHash
  const passwordHash = await hashPassword(password)
  // Only if the stored hash is still the one that was checked, so that a new password is not overwritten.
  const rehashed = await database
    .update(members)
    .set({ passwordHash })
    .where(and(eq(members.id, member.id), eq(members.passwordHash, member.passwordHash)))
    .returning({ id: members.id })
  return rehashed.length > 0 ? passwordHash : member.passwordHash
}
