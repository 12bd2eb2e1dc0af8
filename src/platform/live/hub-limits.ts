import { readFileSync } from 'node:fs'

export interface HubLimits {
  /** Windows in this process. */
  total: number
  /** Windows of people without an account; the others are for members. */
  strangers: number
  /** Windows of people without an account from one network … */
  perNetwork: number
  /** … and from this machine's own address, which all who come by an onion service share. */
  perOwnMachine: number
  /** Windows of one session. */
  perSession: number
  /** Bytes that may wait for a reader who does not take them. */
  waiting: number
  /** How long a window may take nothing of what waits for it. */
  idleMilliseconds: number
  /** How often each window is asked whether it is still there. */
  heartbeatMilliseconds: number
}

const MOST_WINDOWS = 20_000
/** A window is a descriptor; pages, the database, files and mails need some too. */
const SHARE_OF_DESCRIPTORS = 0.7
const SHARE_OF_STRANGERS = 0.8

/**
 * The limits of this process. A household, a library or a mobile carrier may share one address, so an address may have
 * many windows, but never all.
 * @param byNetwork whether windows are counted by network at all.
 */
export function hubLimits(byNetwork: boolean, descriptors = openFilesLimit()): HubLimits {
  const total = Math.min(MOST_WINDOWS, Math.floor(SHARE_OF_DESCRIPTORS * descriptors))
  const strangers = Math.floor(SHARE_OF_STRANGERS * total)
  return {
    total,
    strangers,
    perNetwork: byNetwork ? Math.min(200, Math.floor(strangers / 4)) : strangers,
    perOwnMachine: byNetwork ? Math.min(1_000, Math.floor(strangers / 2)) : strangers,
    perSession: 20,
    waiting: 512 * 1_024,
    idleMilliseconds: 30_000,
    heartbeatMilliseconds: 30_000,
  }
}

/** How many descriptors Linux lets this process open; elsewhere, the least that is usual. */
function openFilesLimit(): number {
  try {
    return Number(/^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]) || Infinity
  } catch {
    return 10_240
  }
}
