import { and, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { inTransaction } from '../../../platform/database/in-transaction.ts'
import { forgetMailsOf } from '../../../platform/mail/mail.ts'
import { apiTokens, idempotencyKeys } from '../../../schema/api.ts'
import { emailAddresses, emailTokens } from '../../../schema/email-addresses.ts'
import { invitations, members, sessions } from '../../../schema/members.ts'
import { passkeys } from '../../../schema/passkeys.ts'
import { recoveryCodes, secondFactors } from '../../../schema/second-factors.ts'
import { memberEvent, nameEvent } from '../../events.ts'
import type { Forum } from '../../forum.ts'
import { daysBefore, type Forget, RETENTION } from '../../retention.ts'
import { runSteps } from '../../step.ts'
import { heldName } from './held-name.ts'

const AT_ONCE = 50

/**
 * Erases accounts whose members left long enough ago: deletes what only they could see, and removes the name from the
 * rest. A member who logs in at the same moment either comes back and keeps the account, or finds none.
 */
export const eraseFormerMembers: Forget<Forum> = async (forum, now) => {
  const before = daysBefore(now, RETENTION.formerMemberDays)
  for (;;) {
    const due = await forum.database
      .select({ id: members.id })
      .from(members)
      .where(and(isNotNull(members.leftAt), lte(members.leftAt, before), isNull(members.erasedAt)))
      .orderBy(members.leftAt, members.id)
      .limit(AT_ONCE)
    for (const { id } of due) await eraseMember(forum, id, before)
    if (due.length < AT_ONCE) return
  }
}

/** The account first, so that nobody can come back to half of it; then the posts, which may be many. */
async function eraseMember(forum: Forum, memberId: number, before: Date): Promise<void> {
  await inTransaction(forum, async (transaction, announce) => {
    const due = and(
      eq(members.id, memberId),
      isNotNull(members.leftAt),
      lte(members.leftAt, before),
      isNull(members.erasedAt),
    )
    const [member] = await transaction.select().from(members).where(due).for('update')
    if (!member) return
    await transaction
      .update(members)
      .set({
        usernameKey: heldName(forum.secret, member.usernameKey),
        formerUsername: null,
        passwordHash: '',
        passwordChangedAt: null,
        role: 'member',
        theme: null,
        timeZone: null,
        unreadSince: null,
        biography: '',
        listed: false,
        erasedAt: sql`now()`,
      })
      .where(eq(members.id, memberId))
    for (const table of [
      passkeys,
      sessions,
      emailAddresses,
      emailTokens,
      secondFactors,
      recoveryCodes,
      apiTokens,
      idempotencyKeys,
    ])
      await transaction.delete(table).where(eq(table.memberId, memberId))
    // Removes who invited whom.
    const { madeBy, usedBy } = invitations
    await transaction.delete(invitations).where(or(eq(madeBy, memberId), eq(usedBy, memberId)))
    await forgetMailsOf(transaction, memberId)
    await runSteps(forum.steps.memberErased, transaction, { memberId, username: member.formerUsername ?? '' })
    await announce(memberEvent('signed-out', memberId))
    await announce(nameEvent(memberId))
  })
}
