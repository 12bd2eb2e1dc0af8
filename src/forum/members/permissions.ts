import type { Role, Scope } from '../../schema/enums.ts'

/** Who may do what: asked by routes before they act and by views before they offer. A banned member is nobody's actor. */

export interface Actor {
  id: number
  role: Role
  /** They read, look after their account and take back what they wrote, and write nothing until it ends. */
  silenced?: boolean
  /** They have asked to join: they read, and write nothing until a moderator has let them in. */
  waiting?: boolean
}

interface JudgedPost {
  authorId: number
  deletedAt: Date | null
  /** Who deleted it. */
  deletedBy: number | null
  /** When it was deleted for good: nothing of it is left to be read or shown again. */
  erasedAt: Date | null
  /** Since when it waits for approval, or has waited in vain: nobody but its author and moderators has seen it. */
  heldAt: Date | null
}

/** Whether a post still waits for a moderator. */
export const isWaiting = ({ heldAt, deletedBy, erasedAt }: Omit<JudgedPost, 'deletedAt' | 'authorId'>): boolean =>
  heldAt !== null && deletedBy === null && erasedAt === null

/** What was never published is there for its author, and for moderators while its author wants it to be. */
export const maySeeHeld = (actor: Actor | null, post: Omit<JudgedPost, 'deletedAt' | 'erasedAt'>): boolean =>
  post.heldAt === null ||
  (actor !== null && (post.authorId === actor.id || (mayModerate(actor) && post.deletedBy !== post.authorId)))

/** Whoever has an account, unless they are silenced or wait to be let in. */
export const mayWrite = (actor: Actor | null): boolean => actor !== null && !actor.silenced && !actor.waiting

/** Why somebody who has an account may not write. */
export const whyNotWrite = ({ waiting }: Actor): 'registration.waiting' | 'accounts.silenced' =>
  waiting ? 'registration.waiting' : 'accounts.silenced'

/** Moderators, and administrators too; not while they are silenced themselves. */
export const mayModerate = (actor: Actor | null): boolean =>
  actor !== null && !actor.silenced && (actor.role === 'moderator' || actor.role === 'admin')

/** Who runs the forum. */
export const mayAdminister = (actor: Actor | null): boolean => actor?.role === 'admin'

/** What a moderator has is what an administrator deletes for good: nobody else, because nobody can undo it. */
export const mayErase = mayAdminister

/**
 * To warn, silence, ban or purge a member, or to lift that. Nobody does so to an administrator, or to themself: the role
 * must be taken first. To moderators only administrators do.
 */
export function maySanction(actor: Actor | null, target: { id: number; role: Role }): boolean {
  if (actor === null || actor.id === target.id || target.role === 'admin' || !mayModerate(actor)) return false
  return target.role === 'member' || mayAdminister(actor)
}

/** A mute is a reader's own: also of who moderates. */
export const mayMute = (actor: Actor | null, target: { id: number }): boolean =>
  actor !== null && actor.id !== target.id

/** A member as their token acts for them: it may do what it is for, and a moderator's is a member's without that scope. */
export function actingByToken<Member extends Actor>(member: Member, scopes: readonly Scope[]): Member {
  const role = scopes.includes('moderate') ? member.role : 'member'
  return { ...member, role }
}

export interface JudgedThread {
  lockedAt: Date | null
  removedAt: Date | null
}

/** A removed thread is there for moderators only. */
export function maySeeThread(actor: Actor | null, thread: JudgedThread): boolean {
  return thread.removedAt === null || mayModerate(actor)
}

/**
 * A post of a thread that they may see; and their own in one that is gone only because nothing stands in it any more, so
 * that it can come back. To everybody else it is not there: no route says more than that.
 */
export function mayFindPost(
  actor: Actor | null,
  post: JudgedPost & { thread: JudgedThread & { emptied: boolean } },
): boolean {
  if (!maySeeHeld(actor, post)) return false
  return maySeeThread(actor, post.thread) || (post.thread.emptied && post.authorId === actor?.id)
}

/** In a locked thread moderators alone may still explain. */
export function mayReply(actor: Actor | null, thread: JudgedThread): boolean {
  if (!mayWrite(actor) || !maySeeThread(actor, thread)) return false
  return thread.lockedAt === null || mayModerate(actor)
}

/** It can be read, or will be once it is approved. */
const stands = (post: JudgedPost): boolean => post.deletedAt === null || isWaiting(post)

/** Nobody changes the words of another, moderators included. */
export function mayEdit(actor: Actor | null, post: JudgedPost): boolean {
  return actor !== null && mayWrite(actor) && stands(post) && post.authorId === actor.id
}

/** Its author, and moderators. */
export function mayDelete(actor: Actor | null, post: JudgedPost): boolean {
  return actor !== null && stands(post) && (post.authorId === actor.id || mayModerate(actor))
}

/** Whoever deleted it; what a moderator deleted, any moderator. What an author took back stays theirs to show again. */
export function mayRestore(actor: Actor | null, post: JudgedPost): boolean {
  if (actor === null || !mayWrite(actor) || post.deletedAt === null || post.erasedAt !== null) return false
  return post.deletedBy === actor.id || (mayModerate(actor) && post.deletedBy !== post.authorId)
}

/**
 * What a post said is as public as the post; once deleted, it is for those who may restore it. Its author keeps their own
 * words, whatever moderators have removed: the post, or its whole thread.
 */
export function maySeeVersions(actor: Actor | null, post: JudgedPost & { thread: JudgedThread }): boolean {
  if (post.erasedAt !== null) return false
  if (actor !== null && post.authorId === actor.id) return true
  return maySeeThread(actor, post.thread) && (post.deletedAt === null || mayRestore(actor, post))
}

/** What moderators took away, they and its author can still read where it stood. */
export function mayReadRemoved(actor: Actor | null, post: JudgedPost): boolean {
  if (actor === null || post.deletedAt === null || post.erasedAt !== null) return false
  if (post.deletedBy === post.authorId) return false
  return post.authorId === actor.id || mayRestore(actor, post)
}

/** Another's post: one's own can be deleted. */
export const mayFlag = (actor: Actor | null, post: JudgedPost): boolean =>
  actor !== null && mayWrite(actor) && post.deletedAt === null && post.authorId !== actor.id

/** Another's post that can be read, by whoever may write. */
export const mayMarkUseful = mayFlag

/** A bookmark is a reader's own: whoever has an account, of what can be read. */
export const mayBookmark = (actor: Actor | null, post: { deletedAt: Date | null }): boolean =>
  actor !== null && post.deletedAt === null

/** All that somebody may do with a post, for the view that offers it. */
export const rightsOver = (actor: Actor, post: JudgedPost, thread: JudgedThread) => ({
  reply: mayReply(actor, thread),
  edit: mayEdit(actor, post),
  delete: mayDelete(actor, post) && post.authorId === actor.id,
  remove: mayDelete(actor, post) && post.authorId !== actor.id,
  restore: mayRestore(actor, post),
  read: mayReadRemoved(actor, post),
  move: mayModerate(actor),
  erase: post.deletedAt !== null && post.erasedAt === null && mayErase(actor),
  flag: mayFlag(actor, post),
  useful: mayMarkUseful(actor, post),
  bookmark: mayBookmark(actor, post),
})
