import type { Database } from './database.ts'

/**
 * A query that is built once for each database and then only executed, so that neither we nor PostgreSQL plan it
 * again for every page.
 */
export function prepared<Query>(build: (database: Database) => Query): (database: Database) => Query {
  const built = new WeakMap<Database, Query>()
  return (database) => {
    const found = built.get(database)
    if (found) return found
    const query = build(database)
    built.set(database, query)
    return query
  }
}
