import { type Static, Type } from 'typebox'
import type { Forum } from '../../forum/forum.ts'
import { markAccountRead } from '../../forum/notices/account-notifications.ts'
import { type Chosen, markRead } from '../../forum/notices/mark-read.ts'
import { Id } from '../shapes.ts'

/** Which notifications a form or a program marks as read. Without any field: all of them. */
export const ChosenNotifications = Type.Object({
  id: Type.Optional(Type.Array(Id, { maxItems: 200 })),
  /** The newest that was shown. Later ones stay unread. */
  up_to: Type.Optional(Id),
  /** The same for notifications about the account. */
  account_id: Type.Optional(Type.Array(Id, { maxItems: 200 })),
  account_up_to: Type.Optional(Id),
})

export async function markChosenRead(
  forum: Forum,
  member: number,
  { id, up_to: upTo, account_id: accountId, account_up_to: accountUpTo }: Static<typeof ChosenNotifications>,
): Promise<void> {
  const isAll = [id, upTo, accountId, accountUpTo].every((field) => field === undefined)
  const chosen = which(id, isAll ? Number.MAX_SAFE_INTEGER : upTo)
  const ofAccount = which(accountId, isAll ? Number.MAX_SAFE_INTEGER : accountUpTo)
  if (chosen) await markRead(forum, member, chosen)
  if (ofAccount) await markAccountRead(forum, member, ofAccount)
}

function which(ids: number[] | undefined, upTo: number | undefined): Chosen | null {
  if (ids) return { ids }
  return upTo === undefined ? null : { upTo }
}
