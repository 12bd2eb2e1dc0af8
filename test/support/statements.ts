import pg from 'pg'

/** A statement as this process sent it to the database. */
export interface Statement {
  /** As which it is prepared; empty: it is not. */
  name: string
  text: string
  values: readonly unknown[]
}

const { query } = pg.Client.prototype
let heard: Statement[] | null = null

pg.Client.prototype.query = function (this: pg.Client, ...words: Parameters<typeof query>) {
  heard?.push(statementIn(words))
  return Reflect.apply(query, this, words)
} as typeof query

/** What this process asks the database while it does something, on all connections. */
export async function statementsDuring(act: () => Promise<unknown>): Promise<Statement[]> {
  const during: Statement[] = []
  heard = during
  try {
    await act()
  } finally {
    heard = null
  }
  return during
}

function statementIn([first, second]: readonly unknown[]): Statement {
  if (typeof first === 'string') return { name: '', text: first, values: Array.isArray(second) ? second : [] }
  const { name = '', text = '', values } = Object(first)
  return { name, text, values: Array.isArray(second) ? second : (values ?? []) }
}
