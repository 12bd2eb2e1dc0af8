import { and, eq } from 'drizzle-orm'
import { invalidField, Problem } from '../../platform/problem.ts'
import { emailAddresses } from '../../schema/email-addresses.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { addressKey } from './email-key.ts'
import { countGuess } from './guesses.ts'
import { knownDevice } from './known-device.ts'
import { hashPassword, needsRehash, passwordMatches } from './passwords.ts'
import { usernameKey } from './username.ts'

export interface Login {
  /** A name in any spelling, or a confirmed address. */
  username: string
  password: string
  /** A passing name of the place that the request comes from. */
  place: string
  /** The cookie of the browser's known members. */
  devices: string
}

/** A member who has just said their password. */
export interface KnownMember {
  id: number
  /** As it is stored: what begins with it does not begin if it has changed meanwhile. */
  passwordHash: string
}

/** 403: the password is right, and its member is shut out. They are told why, and until when. */
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
 * Answers the member with this name, or this confirmed address, and this password. The answer and the time it takes are
 * the same whether the name exists or not.
 * @throws Problem 422 when they do not fit, 403 for a banned member, 429 after too many wrong ones, 503 when too many wait.
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
  // By the member, not by the browser: with one account, anybody can make as many known browsers as they like.
  const group = member && device !== null ? `member ${member.id}` : place
  const matches = await passwordMatches(password, member?.passwordHash ?? null, group)
  if (!member || !matches) {
    guess.refuse()
    throw invalidField('password', 'accounts.wrong_login')
  }
  await guess.forgive()
  // Told only to who has the password.
  const ban = member.bannedAt && (await forum.steps.whyBanned(forum, member.id))
  if (ban) throw new Banned(member.id, ban)
  return { id: member.id, passwordHash: await hashedAsToday(forum, member, password) }
}

async function hashedAsToday({ database }: Forum, member: KnownMember, password: string): Promise<string> {
  if (!needsRehash(member.passwordHash)) return member.passwordHash
  const passwordHash = await hashPassword(password)
  // Only the one that was checked: a new one that was chosen meanwhile stays.
  const rehashed = await database
    .update(members)
    .set({ passwordHash })
    .where(and(eq(members.id, member.id), eq(members.passwordHash, member.passwordHash)))
    .returning({ id: members.id })
  return rehashed.length > 0 ? passwordHash : member.passwordHash
}
