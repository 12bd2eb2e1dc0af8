import { eq } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import type { AUTOMATIC_LEVELS } from '../../schema/enums.ts'
import { members } from '../../schema/members.ts'
import type { Forum } from '../forum.ts'

type AutomaticLevel = (typeof AUTOMATIC_LEVELS)[number]

/** How a member is subscribed to the threads that they start, and to those that they reply to. */
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

/** Changes them, for the threads that a member writes in from now on. */
export async function chooseAutomaticLevels(
  { database }: Forum,
  memberId: number,
  { started, replied }: AutomaticLevels,
) {
  await database.update(members).set({ startedLevel: started, repliedLevel: replied }).where(eq(members.id, memberId))
}
