import pg from 'pg'
import { OperatorError } from '../../operator-error.ts'

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

/** What `pg` says without a code when a connection breaks, or none is free in time. */
const BROKEN =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** PostgreSQL's classes «connection exception», «insufficient resources» and the part of «operator intervention» that ends sessions. */
const AWAY = /^(08...|53...|57P0.)$/

/** Whether a query failed only because there is no database at the moment, or none with room. */
export function isDatabaseAway(error: unknown): boolean {
  const origin = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(origin instanceof Error)) return false
  if (origin instanceof pg.DatabaseError) return AWAY.test(origin.code ?? '')
  return (
    BROKEN.test(origin.message) ||
    ('syscall' in origin && ['connect', 'read', 'write', 'getaddrinfo'].includes(String(origin.syscall)))
  )
}

/** What the operator can mend, in their words: also a database that goes away in the middle of something. */
export function operatorError(error: unknown): OperatorError | null {
  if (error instanceof OperatorError) return error
  if (!isDatabaseAway(error)) return null
  return unreachable(error instanceof Error && error.cause instanceof Error ? error.cause : error)
}
