import pg from 'pg'

/** A statement as this process sent it to the database. */
export interface Statement {
  /** As which it is prepared; empty: it is not. */
  name: string
  text: string
  values: readonly unknown[]
}

/** What this process asks the database while it does something, on all connections. */
export async function statementsDuring(act: () => Promise<unknown>): Promise<Statement[]> {
  const during: Statement[] = []
  const { query } = pg.Client.prototype
  pg.Client.prototype.query = function (this: pg.Client, ...words: Parameters<typeof query>) {
    during.push(statementIn(words))
    return Reflect.apply(query, this, words)
  } as typeof query
  try {
    await act()
  } finally {
    pg.Client.prototype.query = query
  }
  return during
}

function statementIn([first, second]: readonly unknown[]): Statement {
  if (typeof first === 'string') return { name: '', text: first, values: Array.isArray(second) ? second : [] }
  const { name = '', text = '', values } = Object(first)
  return { name, text, values: Array.isArray(second) ? second : (values ?? []) }
}
