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

/** Loaded when the first passkey is: it takes as long as a tenth of the forum. */
const library = () => import('@simplewebauthn/server')

const NEW_PASSKEYS = { action: 'add passkey', most: 20, seconds: 3_600 }

/** What a browser needs to make a passkey for a member, and what it is to keep until it has. @throws Problem 404 where there can be none. */
export async function passkeyOptions(forum: Forum, { id, username }: { id: number; username: string }) {
  const site = passkeySite(forum)
  if (!site) throw notFound()
  const { challenge, kept } = newChallenge(forum, { member: id })
  const { generateRegistrationOptions } = await library()
  const options = await generateRegistrationOptions({
    rpName: site.name,
    rpID: site.id,
    userName: username,
    // Says nothing of the member to whoever reads it on a device.
    userID: new Uint8Array(keyedHash(forum.secret, `passkey owner ${id}`)),
    challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    excludeCredentials: (await passkeysOf(forum.database, id)).map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  return { options, kept }
}

export interface NewPasskey extends InSession {
  name: string
  /** What the browser has answered, as JSON. */
  response: string
  /** What it has kept. */
  kept: string
}

/**
 * Adds a passkey to a member's account, and tells them.
 * @throws Problem 422 for what no passkey has answered to a challenge of this browser's, or one too many; 401 for who is being
 * shut out; 429.
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
    // Two at once count each other's.
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

/** Takes a passkey off a member's account, and tells them. Twice is as good as once. @throws Problem 401 for who is being shut out. */
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
