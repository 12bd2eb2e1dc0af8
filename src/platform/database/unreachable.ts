import pg from 'pg'
import { OperatorError } from '../process/operator-error.ts'
import { unwrapped } from './unwrapped.ts'

/** What PostgreSQL refuses for (its appendix A), in the words of the person who is to mend it. */
const REFUSALS: Record<string, string> = {
  '28P01': 'it does not know this user, or not with this password: check DATABASE_URL',
  '28000': 'it does not let this user in from here: check DATABASE_URL and its pg_hba.conf',
  '3D000': 'it has no database of that name: create it, or check DATABASE_URL',
  '53300': 'it has no connection left: raise its max_connections, or lower DATABASE_POOL',
  '57P03': 'it is starting or stopping: try again in a moment',
}

/** Why there is no connection, without the address: it holds a password. */
export function unreachable(error: unknown): OperatorError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const refusal = REFUSALS[code]
  if (refusal) return new OperatorError(`The database refuses us: ${refusal}.`)
  return new OperatorError(
    `The database does not answer${code && ` (${code})`}: check DATABASE_URL, and that its PostgreSQL server runs.`,
  )
}

/** What `pg` says without a code when a connection breaks, or none is free or answers in time. */
const BROKEN =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/

/** Why something cannot be done just now, though it was asked for rightly and may be done later. */
export interface NotNow {
  /** PostgreSQL's (its appendix A) or the system's, for the log. */
  code: string
  /** Away: there is no database, or none with room. Busy: it took too long, or others were at the same rows. */
  reason: 'away' | 'busy' | 'read_only' | 'disk_full'
}

const REASONS: readonly [RegExp, NotNow['reason']][] = [
  [/^53100$/, 'disk_full'],
  [/^25006$/, 'read_only'],
  [/^(57014|55P03|40P01|40001|25P03|25P04)$/, 'busy'],
  [/^(08...|53...|57P0.|58...)$/, 'away'],
]

/** The same of the system's own refusals: no space, no descriptor, no memory. */
const SYSTEM_REASONS: Record<string, NotNow['reason']> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EROFS: 'read_only',
  EMFILE: 'busy',
  ENFILE: 'busy',
  ENOMEM: 'busy',
  ENOBUFS: 'busy',
}

/** Whether the server answers, and has no room for one connection more. */
export const hasNoRoom = (error: Error): boolean => error instanceof pg.DatabaseError && error.code === '53300'

/** How deep an error may be wrapped in others. */
const DEEPEST_CAUSE = 5

/** Whether, and why, something failed only for now; null for what would fail again. */
export function notNow(error: unknown, depth = 0): NotNow | null {
  if (!(error instanceof Error) || depth > DEEPEST_CAUSE) return null
  return reasonOf(error) ?? notNow(error.cause, depth + 1)
}

function reasonOf(error: Error): NotNow | null {
  const code = 'code' in error ? String(error.code) : ''
  if (error instanceof pg.DatabaseError) {
    const reason = REASONS.find(([codes]) => codes.test(code))?.[1]
    return reason ? { code, reason } : null
  }
  if (BROKEN.test(error.message)) return { code: 'broken', reason: 'away' }
  // A name with several addresses, such as localhost, is tried at each.
  if (error instanceof AggregateError && error.errors.length > 0) return notNow(error.errors[0])
  if (!('syscall' in error)) return null
  const reason = SYSTEM_REASONS[code]
  if (reason) return { code, reason }
  return ['connect', 'read', 'write', 'getaddrinfo'].includes(String(error.syscall)) ? { code, reason: 'away' } : null
}

/** What the operator can mend, in their words: also a database that goes away in the middle of something. */
export function operatorError(error: unknown): OperatorError | null {
  if (error instanceof OperatorError) return error
  if (notNow(error)?.reason !== 'away') return null
  return unreachable(unwrapped(error))
}
