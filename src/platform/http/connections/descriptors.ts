import { readFileSync } from 'node:fs'

/** What most systems allow at the least, for where the limit cannot be read. */
const USUAL_LIMIT = 1_024
/** Files, threads, standard streams, and connections for which no setting says how many there are. */
const OWN_DESCRIPTORS = 128
/** No process of ours serves more windows than this. */
const MOST_CONNECTIONS = 50_000

/**
 * How many people's connections this process may hold: so many that descriptors are left for its database, its mail and
 * its files, without which it could not even refuse.
 * @param own connections that it opens itself.
 */
export function roomForConnections(own: number, limit = descriptorLimit()): number {
  const left = limit - OWN_DESCRIPTORS - own
  return Math.min(MOST_CONNECTIONS, Math.max(left, Math.floor(limit / 2)))
}

/** How many files and connections the system lets this process hold. */
function descriptorLimit(): number {
  try {
    const soft = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
    return soft === undefined ? USUAL_LIMIT : Number(soft)
  } catch {
    // Only Linux has this file.
    return USUAL_LIMIT
  }
}
