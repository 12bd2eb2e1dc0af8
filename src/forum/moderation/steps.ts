import type { Transaction } from '../../platform/database/database.ts'
import type { ActKind } from '../../schema/enums.ts'
import type { MovedPosts, PostChange, ThreadChange } from '../discussion/steps.ts'
import type { AccountChange } from '../members/steps.ts'
import { notifyOfAccount } from '../notices/account-notifications.ts'
import type { Step } from '../step.ts'
import { recordAct } from './record-act.ts'

/** Logs what moderators do with posts of others. The author of a removed post gets a notification. */
export const logPostChange: Step<PostChange> = async (transaction, change) => {
  if (change.kind === 'edited' || change.kind === 'withdrawn' || change.inBulk) return
  // An author's act on their own post is not logged, unless it decides a case or erases the post.
  if (change.kind !== 'erased' && change.caseId === undefined && change.by === change.post.authorId) return
  const { kind, post, by, reason, caseId } = change
  const { id, thread, number, authorId: member } = post
  const act = ({ deleted: 'hide', refused: 'hide', restored: 'show', erased: 'erase', approved: 'approve' } as const)[
    kind
  ]
  await recordAct(transaction, {
    ...{ kind: act, by, thread: thread.id, post: id, member, reason, after: { number } },
    ...(caseId === undefined ? {} : { caseId }),
  })
  const path = `/threads/${thread.id}/posts/${number}`
  if (kind === 'restored') await tell(transaction, by, { memberId: member, occasion: 'post_restored', reason, path })
  if (kind === 'approved') await tell(transaction, by, { memberId: member, occasion: 'post_approved', reason, path })
  if (kind === 'erased') await tell(transaction, by, { memberId: member, occasion: 'erased', reason, path })
}

const ACTS = {
  removed: 'remove',
  restored: 'restore',
  locked: 'lock',
  unlocked: 'unlock',
  moved: 'move',
  pinned: 'pin',
  unpinned: 'unpin',
} as const satisfies Record<string, ActKind>

const OCCASIONS = {
  restored: 'thread_restored',
  locked: 'thread_locked',
  unlocked: 'thread_unlocked',
  moved: 'thread_moved',
} as const

/** Logs what they do with whole threads, also with their own. */
export const logThreadChange: Step<ThreadChange> = async (transaction, change) => {
  if (!('by' in change) || change.inBulk) return
  const { kind, thread, author: member, by, reason } = change
  const about = { kind: ACTS[kind], by, thread, member, reason }
  if (kind === 'moved') {
    await recordAct(transaction, { ...about, before: { boards: change.from }, after: { boards: change.to } })
  } else if (kind === 'pinned' || kind === 'unpinned') {
    await recordAct(transaction, { ...about, ...(change.board === null ? {} : { board: change.board }) })
  } else {
    await recordAct(transaction, about)
  }
  // A removal has a notification of its own, and a pin concerns nobody.
  if (kind === 'removed' || kind === 'pinned' || kind === 'unpinned') return
  await tell(transaction, by, { memberId: member, occasion: OCCASIONS[kind], reason, path: `/threads/${thread}` })
}

/** With more places, the log only has their number. */
const MOST_LISTED = 50

/** Logs moves of posts, with the old and the new place. */
export const logMove: Step<MovedPosts> = async (transaction, { from, to, posts, merged, by, reason }) => {
  const listed = posts.slice(0, MOST_LISTED)
  await recordAct(transaction, {
    ...{ kind: merged && to.before > 0 ? 'merge' : 'move_posts', by, thread: from.id, member: from.author, reason },
    before: { thread: from.id, numbers: listed.map((post) => post.from), count: posts.length },
    after: { thread: to.id, numbers: listed.map((post) => post.to) },
  })
  const first = new Map(posts.toReversed().map((post) => [post.authorId, post.to]))
  for (const [memberId, number] of [...first].sort(([one], [other]) => one - other)) {
    const occasion = merged && memberId === from.author ? 'thread_merged' : 'posts_moved'
    await tell(transaction, by, { memberId, occasion, reason, path: `/threads/${to.id}/posts/${number}` })
  }
}

/** Tells the member, unless they did it themself. */
async function tell(transaction: Transaction, by: number | null, change: AccountChange): Promise<void> {
  if (change.memberId !== by) await notifyOfAccount(transaction, change)
}
