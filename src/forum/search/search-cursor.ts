/** A place in a list of hits: those after it are worse, or older, than this. */
export interface SearchCursor {
  /** How good a hit is, or when it was posted in microseconds since 1970. */
  position: number
  id: number
  /** When the search was begun, in seconds since 1970: its later pages neither see what came since nor grow older. */
  at: number
}

/** Three numbers in base 36: below 36^10 they are exact, and PostgreSQL holds them. */
const PATTERN = /^[0-9a-z]{1,10}\.[0-9a-z]{1,10}\.[0-9a-z]{1,10}$/

export const BEGINNING = { position: 36 ** 10 - 1, id: 36 ** 10 - 1 }

/** In seconds since 1970: PostgreSQL refuses moments that are very far away. */
const LAST_MOMENT = 2 ** 37

/** Reads a cursor; anything else is the beginning of a search that begins now. */
export function readSearchCursor(text: string): SearchCursor {
  const [position, id, at] = PATTERN.test(text) ? text.split('.').map((part) => Number.parseInt(part, 36)) : []
  if (position === undefined || id === undefined || at === undefined) {
    return { ...BEGINNING, at: Math.ceil(Date.now() / 1_000) }
  }
  return { position, id, at: Math.min(at, LAST_MOMENT) }
}

/** A place in a list of hits as it stands in an address. */
export const writeSearchCursor = ({ position, id, at }: SearchCursor): string =>
  [position, id, at].map((number) => number.toString(36)).join('.')
