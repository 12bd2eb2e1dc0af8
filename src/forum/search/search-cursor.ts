/** A place in a list of hits. Hits after it are worse, or older. */
export interface SearchCursor {
  /** The score of a hit, or its moment in microseconds since 1970. */
  position: number
  id: number
  /** When the search began, in seconds since 1970. Later pages ignore newer posts, and rank by this moment. */
  at: number
}

/** Three numbers in base 36. Below 36^10 they are exact in JavaScript and fit into PostgreSQL's bigint. */
const PATTERN = /^[0-9a-z]{1,10}\.[0-9a-z]{1,10}\.[0-9a-z]{1,10}$/

export const BEGINNING = { position: 36 ** 10 - 1, id: 36 ** 10 - 1 }

/** In seconds since 1970. PostgreSQL refuses moments that are too far away. */
const LAST_MOMENT = 2 ** 37

/** Reads a cursor; for anything else, starts a new search. */
export function readSearchCursor(text: string): SearchCursor {
  const [position, id, at] = PATTERN.test(text) ? text.split('.').map((part) => Number.parseInt(part, 36)) : []
  if (position === undefined || id === undefined || at === undefined) {
    return { ...BEGINNING, at: Math.ceil(Date.now() / 1_000) }
  }
  return { position, id, at: Math.min(at, LAST_MOMENT) }
}

/** A cursor as it stands in an address. */
export const writeSearchCursor = ({ position, id, at }: SearchCursor): string =>
  [position, id, at].map((number) => number.toString(36)).join('.')
