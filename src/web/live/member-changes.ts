import { LRUCache } from 'lru-cache'

/** Within this time a window is let in or refused. */
const LONGEST_ENTERING_MILLISECONDS = 60_000
const MOST_CHANGES = 10_000

/**
 * When members lost a session or became others (a role taken, a ban). Whose window was on its way in then is not in the
 * hub yet, so nothing could end it.
 */
export class MemberChanges {
  private readonly changedAt = new LRUCache<number, number>({ max: MOST_CHANGES, ttl: LONGEST_ENTERING_MILLISECONDS })

  remember(member: number): void {
    this.changedAt.set(member, performance.now())
  }

  /** Whether a member has changed since a request of theirs came. @param requestedAt by `performance.now()`. */
  since(member: number, requestedAt: number): boolean {
    return (this.changedAt.get(member) ?? -1) >= requestedAt
  }
}
