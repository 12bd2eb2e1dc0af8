import { LRUCache } from 'lru-cache'

/** A window is let in or refused within this time. */
const LONGEST_ENTERING_MILLISECONDS = 60_000
const MOST_CHANGES = 10_000

/**
 * Remembers when members lost a session, a role, or were banned. A window that was still entering at that moment was not
 * in the hub, so nobody could close it.
 */
export class MemberChanges {
  private readonly changedAt = new LRUCache<number, number>({ max: MOST_CHANGES, ttl: LONGEST_ENTERING_MILLISECONDS })

  remember(member: number): void {
    this.changedAt.set(member, performance.now())
  }

  /** Whether a member has changed since their request arrived. @param requestedAt by `performance.now()`. */
  since(member: number, requestedAt: number): boolean {
    return (this.changedAt.get(member) ?? -1) >= requestedAt
  }
}
