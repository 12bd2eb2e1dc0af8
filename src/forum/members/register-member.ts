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
import { usernameProblem } from './username.ts'
import { usernameKey } from './username-key.ts'

export interface NewMember {
  username: string
  password: string
  language: Language
  role?: Role
  /** The token of the link that makes the first admin. */
  setup?: string | undefined
  /** A digest of the network address. */
  place?: string
  /** Where moderators approve new members: why they want to join. */
  reason?: string | undefined
  /** Where an invitation is required: its code. */
  invitation?: string | undefined
}

/**
 * Makes an account and answers its id.
 * @throws Problem 422 for a name that is invalid, taken or looks like another's, for a password that is easy to guess,
 * and for a setup link or invitation that is used.
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
      // The name may belong to an account that is just being erased. The insert waits for that.
      const erased = await transaction.select({ id: members.id }).from(members).where(eq(members.usernameKey, held))
      if (erased.length > 0) throw nameTaken()
      if (invitation) await useInvitation(transaction, invitation, made.id)
      if (reason) await runSteps(forum.steps.memberWaits, transaction, { memberId: made.id, reason, announce })
      return made.id
    })
  } catch (error) {
    // Somebody took the name while the password was hashed.
    if (isUniqueViolation(error, 'members_username_key')) throw nameTaken()
    throw error
  }
}

const nameTaken = () => invalidField('username', 'accounts.name_taken')
