import { eq } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import type { AUTOMATIC_LEVELS } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'

type AutomaticLevel = (typeof AUTOMATIC_LEVELS)[number]

/** A member's levels for threads that they start, and for threads that they reply to. */
export interface AutomaticLevels {
  started: AutomaticLevel
  replied: AutomaticLevel
}

export async function automaticLevels(database: Database, memberId: number): Promise<AutomaticLevels> {
  const [member] = await database
    .select({ started: members.startedLevel, replied: members.repliedLevel })
    .from(members)
    .where(eq(members.id, memberId))
  if (!member) throw new Error('Somebody who is signed in and is not there')
  return member
}

/** Changes them for threads in which the member writes from now on. */
export async function chooseAutomaticLevels(
  { database }: Forum,
  memberId: number,
  { started, replied }: AutomaticLevels,
) {
  await database.update(members).set({ startedLevel: started, repliedLevel: replied }).where(eq(members.id, memberId))
}
