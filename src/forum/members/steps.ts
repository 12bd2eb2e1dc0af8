import type { ACCOUNT_OCCASIONS, Role } from '../../schema/enums.ts'
import type { Announce } from '../events.ts'
import type { Forum } from '../forum.ts'
import type { Step } from '../step.ts'

/** A member has an address that takes mail now, or none any more. */
export interface AddressChange {
  kind: 'confirmed' | 'removed'
  memberId: number
}

/** A mail that was not sent, because something that it tells of is out of sight. */
export interface OutdatedMail {
  id: number
  member: number
  kind: string
}

/** Something about an account that its member is told. */
export interface AccountChange {
  memberId: number
  occasion: (typeof ACCOUNT_OCCASIONS)[number]
  /** The words of whoever did it, where they have given any. */
  reason?: string | null
  /** The page of the forum where there is more of it. */
  path: string
}

/** A member who may do more, or less, than before. */
export interface RoleChange {
  memberId: number
  /** Null: somebody at the command line. */
  by: number | null
  from: Role
  to: Role
}

/** A member whose account was closed, opened again or erased. */
export interface Leaving {
  memberId: number
}

export interface ErasedMember extends Leaving {
  /** What they were called. */
  username: string
}

/** Somebody who has registered, and why they want to join. */
export interface WaitingMember {
  memberId: number
  reason: string
  announce: Announce
}

/** What others do when something happens to a member, each list in its order. */
export interface MemberSteps {
  /** Somebody asks to join, and waits to be let in. */
  memberWaits: readonly Step<WaitingMember>[]
  roleChanged: readonly Step<RoleChange>[]
  addressChanged: readonly Step<AddressChange>[]
  /** An account is closed; what only its owner needs may still be needed again. */
  memberLeft: readonly Step<Leaving>[]
  memberCameBack: readonly Step<Leaving>[]
  /** It is erased: what others keep for its owner alone goes with it. */
  memberErased: readonly Step<ErasedMember>[]
  accountChanged: readonly Step<AccountChange>[]
  /** Why a member is shut out, and until when; null where that has ended meanwhile. */
  whyBanned(forum: Forum, memberId: number): Promise<{ reason: string; until: Date | null } | null>
  /** Whose kind of mail it is writes it anew. */
  mailOutdated: readonly ((forum: Forum, mail: OutdatedMail) => Promise<void>)[]
}
