import { and, eq } from 'drizzle-orm'
import type { Level } from '../../schema/enums.ts'
import { boardSubscriptions, crossingSubscriptions, threadSubscriptions } from '../../schema/subscriptions.ts'
import { orMergedMeanwhile } from '../boards/merged-meanwhile.ts'
import type { Forum } from '../forum.ts'

/** Sets a member's level for a board; `none` removes the subscription. */
export async function subscribeToBoard({ database }: Forum, memberId: number, boardId: number, level: Level) {
  const { memberId: member, boardId: board } = boardSubscriptions
  if (level === 'none') {
    await database.delete(boardSubscriptions).where(and(eq(member, memberId), eq(board, boardId)))
    return
  }
  await database
    .insert(boardSubscriptions)
    .values({ memberId, boardId, level })
    .onConflictDoUpdate({ target: [member, board], set: { level } })
    .catch(orMergedMeanwhile)
}

/** Sets a member's level for a crossing; `none` removes the subscription. */
export async function subscribeToCrossing(
  { database }: Forum,
  memberId: number,
  { cityId, technologyId }: { cityId: number; technologyId: number },
  level: Level,
) {
  const { memberId: member, cityId: city, technologyId: technology } = crossingSubscriptions
  if (level === 'none') {
    await database
      .delete(crossingSubscriptions)
      .where(and(eq(member, memberId), eq(city, cityId), eq(technology, technologyId)))
    return
  }
  await database
    .insert(crossingSubscriptions)
    .values({ memberId, cityId, technologyId, level })
    .onConflictDoUpdate({ target: [member, city, technology], set: { level } })
    .catch(orMergedMeanwhile)
}

/** Sets a member's level for a thread. `none` is stored, or their next reply would subscribe them again. */
export async function subscribeToThread({ database }: Forum, memberId: number, threadId: number, level: Level) {
  const { memberId: member, threadId: thread } = threadSubscriptions
  await database
    .insert(threadSubscriptions)
    .values({ memberId, threadId, level })
    .onConflictDoUpdate({ target: [member, thread], set: { level } })
}
