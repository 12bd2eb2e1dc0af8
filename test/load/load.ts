/** One request that is sent again and again. */
export interface LoadedRequest {
  path: string
  headers: Record<string, string>
  /** A form; without one it is a GET. */
  body?: string
}

export interface Load {
  origin: string
  /** Sent in turn, by all connections together: no two begin at the same one. */
  requests: readonly LoadedRequest[]
  /** The name of a query parameter that is made another for every request: nobody has asked for that page before. */
  unique?: string
  seconds: number
  connections: number
}

export interface Measured {
  requestsPerSecond: number
  milliseconds: { p50: number; p99: number }
  /** Answers that came back. */
  answered: number
  /** Answers that were no success, and connections that broke. */
  failed: number
  /** Of one answer, head and body together, on average. */
  bytes: number
}

export interface Generator {
  name: string
  load(load: Load): Promise<Measured>
}

/** Where the counter of `unique` begins, so that no two rounds share a page. */
export const firstUnique = (): number => Math.floor(Date.now() * 10)

const sentTo = new Map<string, number>()

/**
 * How many requests a server has had in the rounds before. Each round goes on from there: one that began at the first
 * page again would find it kept.
 */
export const sentBefore = (origin: string): number => sentTo.get(origin) ?? 0

export function countSent(origin: string, sent: number): void {
  sentTo.set(origin, sentBefore(origin) + sent)
}

/** The list, begun at another place. */
export function rotated<Item>(items: readonly Item[], place: number): Item[] {
  const start = place % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}
