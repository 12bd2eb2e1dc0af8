import type { Database, Transaction } from '../../platform/database/database.ts'
import type { Forum } from '../forum.ts'
import type { DueMember } from './active-threads.ts'

/** A post that a digest contains although the member does not follow its thread, with the thread from there on. */
export interface FoundPost {
  member: number
  thread: number
  number: number
  /** The search that found it. */
  search: string
}

/** What other subjects add to digests. */
export interface DigestSteps {
  /** Posts between a member's last digest and a moment that they have not read, written or muted. */
  digestFinds: readonly ((
    forum: Forum,
    database: Database | Transaction,
    due: readonly DueMember[],
    until: Date,
  ) => Promise<FoundPost[]>)[]
}
