import { readSigned, sign } from '../../crypto/signed.ts'

const PURPOSE = 'form'
/** Nobody reads and fills in a form in less; programs that fill in all they find do. */
const SHORTEST_MILLISECONDS = 3_000
/** A program must not keep one for ever. Whoever comes back later is given another, with what they typed. */
const LONGEST_MILLISECONDS = 86_400_000

/** A hidden field that says when a form was shown. */
export const formTime = (secret: string): string => sign(secret, PURPOSE, Date.now().toString(36))

/**
 * Whether a form comes back sooner than a person can have filled it in, or was shown too long ago, or not by this forum; null:
 * neither.
 */
export function oddTime(secret: string, time: string): 'too_quick' | 'too_old' | null {
  const shown = Number.parseInt(readSigned(secret, PURPOSE, time) ?? '', 36)
  const passed = Date.now() - shown
  if (passed < SHORTEST_MILLISECONDS) return 'too_quick'
  return passed < LONGEST_MILLISECONDS ? null : 'too_old'
}
