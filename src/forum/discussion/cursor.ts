import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'

export const THREADS_PER_PAGE = 30

/** A place in a list of threads. After it come threads with earlier activity, or at the same moment with a lower id. */
export interface Cursor {
  /** Microseconds since 1970, as exact as PostgreSQL. */
  moment: number
  thread: number
}

/** One page of a list, and where the next begins; null at the end. */
export interface Slice<Row> {
  rows: Row[]
  next: string | null
}

/** Two numbers in base 36. Below 36^10 they are exact in JavaScript and fit into PostgreSQL's bigint. */
export const CURSOR_PATTERN = '^[0-9a-z]{1,10}\\.[0-9a-z]{1,10}$'

const BEGINNING: Cursor = { moment: 36 ** 10 - 1, thread: 36 ** 10 - 1 }

/** Reads a cursor of `CURSOR_PATTERN`; without one, the beginning of the list. */
export function readCursor(text: string | undefined): Cursor {
  const [moment, thread] = (text ?? '').split('.').map((part) => Number.parseInt(part, 36))
  return moment === undefined || thread === undefined ? BEGINNING : { moment, thread }
}

/** The moment of a cursor, in milliseconds. */
export const momentOfCursor = ({ moment }: Cursor): Date => new Date(moment / 1_000)

/** A cursor as it stands in an address. */
export const writeCursor = ({ moment, thread }: Cursor): string => `${moment.toString(36)}.${thread.toString(36)}`

/** A moment in microseconds since 1970, which a JavaScript date cannot hold. */
export const microseconds = (moment: SQLWrapper): SQL<number> =>
  sql<number>`(extract(epoch from ${moment}) * 1000000)::bigint`

/** The moment for microseconds since 1970. */
export const momentOf = (micros: SQLWrapper): SQL =>
  sql`timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond'`

/** The rows of one page, from a query that asked for one row more to see whether there is a next page. */
export function sliceOf<Row extends { id: number; position: number }>(
  found: readonly Row[],
  most = THREADS_PER_PAGE,
): Slice<Row> {
  const rows = found.slice(0, Math.min(most, THREADS_PER_PAGE))
  const last = rows.at(-1)
  const more = found.length > rows.length && last
  return { rows, next: more ? writeCursor({ moment: last.position, thread: last.id }) : null }
}

/** The same for a list ordered by id, whose cursor is the last id shown. */
export function sliceById<Row extends { id: number }>(found: readonly Row[], perPage: number): Slice<Row> {
  const rows = found.slice(0, perPage)
  return { rows, next: found.length > rows.length ? String(rows.at(-1)?.id ?? '') : null }
}

/** Above every id: the start of such a list. */
export const NEWEST_ID = Number.MAX_SAFE_INTEGER

/** The start of an older page, for its title and address. */
export interface OlderPage {
  cursor: string
  moment: Date
}

/** Null for the newest page. */
export const olderPage = (before: string | undefined): OlderPage | null =>
  before ? { cursor: before, moment: momentOfCursor(readCursor(before)) } : null
