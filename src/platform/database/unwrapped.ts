import pg from 'pg'

/** An error as it was thrown: Drizzle wraps it in one that quotes the statement with its values. */
export const unwrapped = <Thrown>(error: Thrown): Thrown | Error =>
  error instanceof Error && error.cause instanceof Error ? error.cause : error

/** With which error PostgreSQL refused a statement; null where something else failed. */
export function postgresError(error: unknown): pg.DatabaseError | null {
  const origin = unwrapped(error)
  return origin instanceof pg.DatabaseError ? origin : null
}
