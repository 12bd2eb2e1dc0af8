import { and, eq } from 'drizzle-orm'
import { LONGEST_PASSKEY_NAME, MOST_PASSKEYS } from '../../../limits.ts'
import { keyedHash } from '../../../platform/crypto/keyed-hash.ts'
import { inTransaction } from '../../../platform/database/in-transaction.ts'
import { conflict, invalidField, notFound } from '../../../platform/problem.ts'
import { takeAttempt } from '../../../platform/rate-limits/rate-limits.ts'
import { passkeys } from '../../../schema/passkeys.ts'
import { memberEvent } from '../../events.ts'
import type { Forum } from '../../forum.ts'
import { runSteps } from '../../step.ts'
import { holdSession, type InSession } from '../sessions/hold-session.ts'
import { tellByMail } from '../tell-by-mail.ts'
import { newChallenge, takeChallenge } from './challenge.ts'
import { passkeysOf } from './queries.ts'
import { readNewPasskey } from './shapes.ts'
import { passkeySite } from './site.ts'

/** Loaded with the first passkey, because it takes a tenth of the start time. */
const library = () => import('@simplewebauthn/server')

const NEW_PASSKEYS = { action: 'add passkey', most: 20, seconds: 3_600 }

/**
 * What a browser needs to make a passkey, and what it must keep until it answers. @throws Problem 404 where passkeys do
 * not work.
 */
export async function passkeyOptions(forum: Forum, { id, username }: { id: number; username: string }) {
  const site = passkeySite(forum)
  if (!site) throw notFound()
  const { challenge, kept } = newChallenge(forum, { member: id })
  const { generateRegistrationOptions } = await library()
  const options = await generateRegistrationOptions({
    rpName: site.name,
    rpID: site.id,
    userName: username,
    // A keyed hash, so that the device stores nothing about the member.
    userID: new Uint8Array(keyedHash(forum.secret, `passkey owner ${id}`)),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    excludeCredentials: (await passkeysOf(forum.database, id)).map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { options, kept }
}

export interface NewPasskey extends InSession {
  name: string
  /** The browser's answer as JSON. */
  response: string
  /** What the browser has kept. */
  kept: string
}

/**
 * Adds a passkey to a member's account, and tells them.
 * @throws Problem 422 for an invalid answer to this browser's challenge, or one passkey too many; 401 when the session
 * has just ended; 429.
 */
export async function addPasskey(forum: Forum, { name, response, kept, ...asking }: NewPasskey): Promise<void> {
  const { memberId } = asking
  await takeAttempt(forum, NEW_PASSKEYS, String(memberId))
  const site = passkeySite(forum)
  const challenge = await takeChallenge(forum, { member: memberId }, kept)
  const made = readNewPasskey(response)
  if (!site || challenge === null || !made) throw invalidField('passkey', 'passkeys.failed')
  const { verifyRegistrationResponse } = await library()
  const verified = await verifyRegistrationResponse({
    response: made,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: true,
  }).catch(() => null)
  if (!verified?.verified) throw invalidField('passkey', 'passkeys.failed')
  const { id: credentialId, publicKey, counter } = verified.registrationInfo.credential
  const called = name.replace(/\s+/g, ' ').trim().slice(0, LONGEST_PASSKEY_NAME)
  await inTransaction(forum, async (transaction, announce) => {
    // Locks the member, so that two passkeys added at once count each other.
    await holdSession(transaction, asking)
    const present = await transaction
      .select({ id: passkeys.id })
      .from(passkeys)
      .where(eq(passkeys.memberId, memberId))
      .limit(MOST_PASSKEYS)
    if (present.length === MOST_PASSKEYS) throw invalidField('passkey', 'passkeys.too_many', { count: MOST_PASSKEYS })
    const added = await transaction
      .insert(passkeys)
      .values({
        memberId,
        name: called,
        credentialId,
        publicKey: Buffer.from(publicKey),
        counter,
        transports: made.response.transports ?? [],
      })
      .onConflictDoNothing()
      .returning({ id: passkeys.id })
    if (added.length === 0) throw conflict('passkeys.is_there_already')
    await tellByMail(forum, transaction, memberId, 'passkey_on', '/settings/security')
    await runSteps(forum.steps.accountChanged, transaction, {
      memberId,
      occasion: 'passkey_on',
      path: '/settings/security',
    })
    await announce(memberEvent('notified', memberId))
  })
}

/**
 * Removes a passkey, and tells the member. Doing so twice has no further effect. @throws Problem 401 when the session
 * has just ended.
 */
export async function removePasskey(forum: Forum, asking: InSession, id: number): Promise<void> {
  const { memberId } = asking
  await inTransaction(forum, async (transaction, announce) => {
    await holdSession(transaction, asking)
    const removed = await transaction
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.memberId, memberId)))
      .returning({ id: passkeys.id })
    if (removed.length === 0) return
    await tellByMail(forum, transaction, memberId, 'passkey_off', '/settings/security')
    await runSteps(forum.steps.accountChanged, transaction, {
      memberId,
      occasion: 'passkey_off',
      path: '/settings/security',
    })
    await announce(memberEvent('notified', memberId))
  })
}
