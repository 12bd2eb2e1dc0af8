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
 * Erases the accounts of those who left long enough ago: what only they could see goes, and what others can still read has
 * no name. Whoever logs in at the same moment either comes back, and is left alone, or finds no account.
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

/** First the account, so that nobody can come back to half of it; then its posts, which may be many. */
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
    // Who has brought whom is nobody's business any more.
    const { madeBy, usedBy } = invitations
    await transaction.delete(invitations).where(or(eq(madeBy, memberId), eq(usedBy, memberId)))
    await forgetMailsOf(transaction, memberId)
    await runSteps(forum.steps.memberErased, transaction, { memberId, username: member.formerUsername ?? '' })
    await announce(memberEvent('signed-out', memberId))
    await announce(nameEvent(memberId))
  })
}
