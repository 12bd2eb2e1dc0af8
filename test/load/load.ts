/** One request that is sent again and again. */
export interface LoadedRequest {
  path: string
  headers: Record<string, string>
  /** A form; without one it is a GET. */
  body?: string
}

export interface Load {
  origin: string
  /** Sent in turn. */
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
