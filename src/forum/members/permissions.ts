import type { Role, Scope } from '../../schema/enums.ts'

/**
 * Who may do what. Routes ask before they act, and read models pass the answers to views. A banned member is never an
 * `Actor`.
 */

export interface Actor {
  id: number
  role: Role
  /** They may read, change their account and delete their posts, but write nothing until it ends. */
  silenced?: boolean
  /** They have asked to join, and may only read until a moderator approves them. */
  waiting?: boolean
}

interface JudgedPost {
  authorId: number
  deletedAt: Date | null
  /** Who deleted it. */
  deletedBy: number | null
  /** When it was erased. Nothing of it can be read or restored. */
  erasedAt: Date | null
  /** Since when it is held; it stays set if the post was refused. Only its author and moderators have seen it. */
  heldAt: Date | null
}

/** Whether a post waits for a moderator. */
export const isWaiting = ({ heldAt, deletedBy, erasedAt }: Omit<JudgedPost, 'deletedAt' | 'authorId'>): boolean =>
  heldAt !== null && deletedBy === null && erasedAt === null

/** A post that was never published is visible to its author, and to moderators unless the author withdrew it. */
export const maySeeHeld = (actor: Actor | null, post: Omit<JudgedPost, 'deletedAt' | 'erasedAt'>): boolean =>
  post.heldAt === null ||
  (actor !== null && (post.authorId === actor.id || (mayModerate(actor) && post.deletedBy !== post.authorId)))

/** Everybody with an account who is neither silenced nor waits for approval. */
export const mayWrite = (actor: Actor | null): boolean => actor !== null && !actor.silenced && !actor.waiting

/** Why a member may not write. */
export const whyNotWrite = ({ waiting }: Actor): 'registration.waiting' | 'accounts.silenced' =>
  waiting ? 'registration.waiting' : 'accounts.silenced'

/** Moderators and admins, unless they are silenced. */
export const mayModerate = (actor: Actor | null): boolean =>
  actor !== null && !actor.silenced && (actor.role === 'moderator' || actor.role === 'admin')

/** Admins. */
export const mayAdminister = (actor: Actor | null): boolean => actor?.role === 'admin'

/** Only admins erase what moderators can hide, because nobody can undo it. */
export const mayErase = mayAdminister

/**
 * Whether somebody may warn, silence, ban or purge a member, or lift that. Nobody may sanction an admin or themself: the
 * role must be removed first. Only admins may sanction moderators.
 */
export function maySanction(actor: Actor | null, target: { id: number; role: Role }): boolean {
  if (actor === null || actor.id === target.id || target.role === 'admin' || !mayModerate(actor)) return false
  return target.role === 'member' || mayAdminister(actor)
}

/** Muting only affects the reader, so everybody may mute moderators too. */
export const mayMute = (actor: Actor | null, target: { id: number }): boolean =>
  actor !== null && actor.id !== target.id

/** A member as their token acts. Without the scope `moderate`, a moderator's token has the rights of a member. */
export function actingByToken<Member extends Actor>(member: Member, scopes: readonly Scope[]): Member {
  const role = scopes.includes('moderate') ? member.role : 'member'
  return { ...member, role }
}

export interface JudgedThread {
  lockedAt: Date | null
  removedAt: Date | null
}

/** Only moderators see a removed thread. */
export function maySeeThread(actor: Actor | null, thread: JudgedThread): boolean {
  return thread.removedAt === null || mayModerate(actor)
}

/**
 * Whether somebody may find a post: in a thread that they may see; and their own post in a thread that is hidden only
 * because no post is left, so that they can restore it. For everybody else it does not exist, and no route says more.
 */
export function mayFindPost(
  actor: Actor | null,
  post: JudgedPost & { thread: JudgedThread & { emptied: boolean } },
): boolean {
  if (!maySeeHeld(actor, post)) return false
  return maySeeThread(actor, post.thread) || (post.thread.emptied && post.authorId === actor?.id)
}

/** In a locked thread only moderators may still reply. */
export function mayReply(actor: Actor | null, thread: JudgedThread): boolean {
  if (!mayWrite(actor) || !maySeeThread(actor, thread)) return false
  return thread.lockedAt === null || mayModerate(actor)
}

/** Whether a post is visible, or will be when it is approved. */
const stands = (post: JudgedPost): boolean => post.deletedAt === null || isWaiting(post)

/** Only the author. Nobody edits another member's text, not even a moderator. */
export function mayEdit(actor: Actor | null, post: JudgedPost): boolean {
  return actor !== null && mayWrite(actor) && stands(post) && post.authorId === actor.id
}

/** The author and moderators. */
export function mayDelete(actor: Actor | null, post: JudgedPost): boolean {
  return actor !== null && stands(post) && (post.authorId === actor.id || mayModerate(actor))
}

/** Whoever deleted it; any moderator, if a moderator deleted it. Only the author restores what the author deleted. */
export function mayRestore(actor: Actor | null, post: JudgedPost): boolean {
  if (actor === null || !mayWrite(actor) || post.deletedAt === null || post.erasedAt !== null) return false
  return post.deletedBy === actor.id || (mayModerate(actor) && post.deletedBy !== post.authorId)
}

/**
 * Versions are as public as the post. Those of a deleted post are for people who may restore it. Authors may always read
 * their own text, even when moderators removed the post or its thread.
 */
export function maySeeVersions(actor: Actor | null, post: JudgedPost & { thread: JudgedThread }): boolean {
  if (post.erasedAt !== null) return false
  if (actor !== null && post.authorId === actor.id) return true
  return maySeeThread(actor, post.thread) && (post.deletedAt === null || mayRestore(actor, post))
}

/** Moderators and the author may still read what moderators removed. */
export function mayReadRemoved(actor: Actor | null, post: JudgedPost): boolean {
  if (actor === null || post.deletedAt === null || post.erasedAt !== null) return false
  if (post.deletedBy === post.authorId) return false
  return post.authorId === actor.id || mayRestore(actor, post)
}

/** Posts of others. One's own can be deleted instead. */
export const mayFlag = (actor: Actor | null, post: JudgedPost): boolean =>
  actor !== null && mayWrite(actor) && post.deletedAt === null && post.authorId !== actor.id

/** Visible posts of others, for everybody who may write. */
export const mayMarkUseful = mayFlag

/** Visible posts, for everybody with an account, because nobody else sees a bookmark. */
export const mayBookmark = (actor: Actor | null, post: { deletedAt: Date | null }): boolean =>
  actor !== null && post.deletedAt === null

/** All rights of somebody over a post, for views. */
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
