import { customType } from 'drizzle-orm/pg-core'

/** PostgreSQL's bytes, which Drizzle has no column for. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
