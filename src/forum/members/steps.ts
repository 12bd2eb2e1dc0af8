import type { ACCOUNT_OCCASIONS, Role } from '../../schema/enums.ts'
import type { Announce } from '../events.ts'
import type { Forum } from '../forum.ts'
import type { Step } from '../step.ts'

/** A member has a working address now, or has none any more. */
export interface AddressChange {
  kind: 'confirmed' | 'removed'
  memberId: number
}

/** A mail that was not sent, because a post in it is hidden. */
export interface OutdatedMail {
  id: number
  member: number
  kind: string
}

/** A change of an account of which its member is told. */
export interface AccountChange {
  memberId: number
  occasion: (typeof ACCOUNT_OCCASIONS)[number]
  /** The reason that a person gave; null or absent without one. */
  reason?: string | null
  /** The page with details. */
  path: string
}

/** A member's new role. */
export interface RoleChange {
  memberId: number
  /** Null for the command line. */
  by: number | null
  from: Role
  to: Role
}

/** A member whose account is closed, opened again or erased. */
export interface Leaving {
  memberId: number
}

export interface ErasedMember extends Leaving {
  /** Their former name. */
  username: string
}

/** A new member who waits for approval, with their reason. */
export interface WaitingMember {
  memberId: number
  reason: string
  announce: Announce
}

/** What other subjects do when something happens to a member, in the order of each list. */
export interface MemberSteps {
  /** Somebody asks to join, and waits for approval. */
  memberWaits: readonly Step<WaitingMember>[]
  roleChanged: readonly Step<RoleChange>[]
  addressChanged: readonly Step<AddressChange>[]
  /** An account is closed. Keep what the member needs if they come back. */
  memberLeft: readonly Step<Leaving>[]
  memberCameBack: readonly Step<Leaving>[]
  /** An account is erased. Delete what only its member could see. */
  memberErased: readonly Step<ErasedMember>[]
  accountChanged: readonly Step<AccountChange>[]
  /** Why a member is banned, and until when; null when the ban has ended. */
  whyBanned(forum: Forum, memberId: number): Promise<{ reason: string; until: Date | null } | null>
  /** The subject that wrote the mail writes it again. */
  mailOutdated: readonly ((forum: Forum, mail: OutdatedMail) => Promise<void>)[]
}
