import type { Database, Transaction } from '../../platform/database/database.ts'
import type { Forum } from '../forum.ts'
import type { DueMember } from './active-threads.ts'

/** A post that a member's digest tells besides what they follow, with its thread from there on. */
export interface FoundPost {
  member: number
  thread: number
  number: number
  /** What was searched for. */
  search: string
}

/** What other subjects put into digests. */
export interface DigestSteps {
  /** Posts of the time between a member's last digest and a moment that they have neither read nor written nor muted. */
  digestFinds: readonly ((
    forum: Forum,
    database: Database | Transaction,
    due: readonly DueMember[],
    until: Date,
  ) => Promise<FoundPost[]>)[]
}
