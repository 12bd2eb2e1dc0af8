import { and, eq, lt, or, sql } from 'drizzle-orm'
import { invalidField, notFound } from '../../../platform/problem.ts'
import { members } from '../../../schema/members.ts'
import { passkeys } from '../../../schema/passkeys.ts'
import type { Forum } from '../../forum.ts'
import { Banned, type KnownMember } from '../log-in.ts'
import { newChallenge, takeChallenge } from './challenge.ts'
import { readSignedByPasskey } from './shapes.ts'
import { passkeySite } from './site.ts'

/** Loaded with the first passkey: see `add-passkey.ts`. */
const library = () => import('@simplewebauthn/server')

/**
 * What a browser needs to ask for any passkey, and what it must keep meanwhile. @throws Problem 404 where passkeys do
 * not work.
 */
export async function loginOptions(forum: Forum) {
  const site = passkeySite(forum)
  if (!site) throw notFound()
  const { challenge, kept } = newChallenge(forum, 'login')
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({
    rpID: site.id,
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    userVerification: 'required',
  })
  return { options, kept }
}

/**
 * Answers the member whose passkey has signed. It counts as two factors: the device, and what unlocks it.
 * @throws Problem 422 for an invalid answer to this browser's challenge; 403 for a banned member.
 */
export async function logInWithPasskey(forum: Forum, response: string, kept: string): Promise<KnownMember> {
  const wrong = () => invalidField('passkey', 'passkeys.failed')
  const site = passkeySite(forum)
  const challenge = await takeChallenge(forum, 'login', kept)
  const signed = readSignedByPasskey(response)
  if (!site || challenge === null || !signed) throw wrong()
  const [known] = await forum.database
    .select({
      key: passkeys,
      passwordHash: members.passwordHash,
      bannedAt: members.bannedAt,
    })
    .from(passkeys)
    .innerJoin(members, eq(members.id, passkeys.memberId))
    .where(eq(passkeys.credentialId, signed.id))
  if (!known) throw wrong()
  const { key, passwordHash, bannedAt } = known
  const { verifyAuthenticationResponse } = await library()
  const verified = await verifyAuthenticationResponse({
    response: signed,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    credential: { id: key.credentialId, publicKey: new Uint8Array(key.publicKey), counter: key.counter },
    requireUserVerification: true,
  }).catch(() => null)
  if (!verified?.verified) throw wrong()
  const counter = verified.authenticationInfo.newCounter
  // Two answers with the same counter mean that the passkey was copied.
  const counted = await forum.database
    .update(passkeys)
    .set({ counter, lastUsedOn: sql`current_date` })
    .where(and(eq(passkeys.id, key.id), or(eq(sql`${counter}::bigint`, 0), lt(passkeys.counter, counter))))
    .returning({ id: passkeys.id })
  if (counted.length === 0) throw wrong()
  const ban = bannedAt && (await forum.steps.whyBanned(forum, key.memberId))
  if (ban) throw new Banned(key.memberId, ban)
  return { id: key.memberId, passwordHash }
}
