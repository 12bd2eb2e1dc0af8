import { eq, inArray, sql } from 'drizzle-orm'
import { isUniqueViolation } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidField, invalidFields } from '../../platform/problem.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import type { Role } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { forgetSetupLink, useSetupLink } from './first-admin.ts'
import { useInvitation } from './invitations.ts'
import { heldName } from './leaving/held-name.ts'
import { hashPassword, passwordProblem } from './passwords.ts'
import { usernameKey, usernameProblem } from './username.ts'

export interface NewMember {
  username: string
  password: string
  language: Language
  role?: Role
  /** The token of the link that makes the first administrator. */
  setup?: string | undefined
  /** A passing name of the place that the request comes from. */
  place?: string
  /** Where the forum lets in whom moderators have approved: why they want to join. */
  reason?: string | undefined
  /** Where it asks for an invitation: its code. */
  invitation?: string | undefined
}

/**
 * Makes an account and answers its id.
 * @throws Problem 422 for a name that is not allowed or looks like somebody's, or a password too easy to guess, or a setup link or an invitation that was used.
 */
export async function registerMember(forum: Forum, member: NewMember): Promise<number> {
  const { reason, invitation } = member
  const { username, password, language, setup, role = setup ? 'admin' : 'member' } = member
  const problems = [usernameProblem(username), passwordProblem(password, username)].filter(
    (problem) => problem !== null,
  )
  if (problems.length > 0) throw invalidFields(problems)
  const key = usernameKey(username)
  const held = heldName(forum.secret, key)
  const taken = await forum.database
    .select({ id: members.id })
    .from(members)
    .where(inArray(members.usernameKey, [key, held]))
  if (taken.length > 0) throw nameTaken()

  const passwordHash = await hashPassword(password, member.place)
  try {
    return await inTransaction(forum, async (transaction, announce) => {
      if (setup) await useSetupLink(forum, transaction, setup)
      else if (role === 'admin') await forgetSetupLink(transaction)
      const [made] = await transaction
        .insert(members)
        .values({ username, usernameKey: key, passwordHash, language, role, waitingSince: reason ? sql`now()` : null })
        .returning({ id: members.id })
      if (!made) throw new Error('An insert answered no row')
      // The account of that name may have been erased meanwhile: the insert waits for that to be done.
      const erased = await transaction.select({ id: members.id }).from(members).where(eq(members.usernameKey, held))
      if (erased.length > 0) throw nameTaken()
      if (invitation) await useInvitation(transaction, invitation, made.id)
      if (reason) await runSteps(forum.steps.memberWaits, transaction, { memberId: made.id, reason, announce })
      return made.id
    })
  } catch (error) {
    // Somebody took it while the password was being hashed.
    if (isUniqueViolation(error, 'members_username_key')) throw nameTaken()
    throw error
  }
}

const nameTaken = () => invalidField('username', 'accounts.name_taken')
