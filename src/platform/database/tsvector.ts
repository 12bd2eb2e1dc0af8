import { customType } from 'drizzle-orm/pg-core'

/** PostgreSQL's list of the words of a text, which Drizzle has no column for. */
export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })
