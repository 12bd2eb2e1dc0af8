import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Database } from '../../platform/database/database.ts'
import { announcement } from '../../platform/live/bus.ts'
import { boards, crossings, formerSlugs } from '../../schema/boards.ts'
import { boardsEvent } from '../events.ts'
import defaults from './default-boards.json' with { type: 'json' }

/**
 * Creates the default boards. Leaves existing ones unchanged, so that running it again, or in two processes at once,
 * overwrites nobody's changes. Answers how many are new.
 */
export async function seedBoards(database: Database): Promise<number> {
  return database.transaction(async (transaction) => {
    // A default board that was renamed or merged must not come back.
    const former = new Set((await transaction.select().from(formerSlugs)).map(({ slug }) => slug))
    const missing = [
      ...defaults.technologies.map((board, position) => ({ ...board, kind: 'technology' as const, position })),
      ...defaults.cities.map((board, position) => ({ ...board, kind: 'city' as const, position })),
    ].filter(({ slug }) => !former.has(slug))
    if (missing.length === 0) return 0
    const made = await transaction
      .insert(boards)
      .values(missing)
      .onConflictDoNothing({ target: boards.slug })
      .returning({ id: boards.id })
    if (made.length === 0) return 0

    const all = await transaction.select({ id: boards.id, slug: boards.slug }).from(boards)
    const idOf = new Map(all.map(({ slug, id }) => [slug, id]))
    const known = defaults.concerns.flatMap(({ city, technology, note }) => {
      const [cityId, technologyId] = [idOf.get(city), idOf.get(technology)]
      return cityId && technologyId ? [{ cityId, technologyId, note }] : []
    })
    await transaction
      .insert(crossings)
      .values(known)
      .onConflictDoUpdate({
        target: [crossings.cityId, crossings.technologyId],
        set: { note: sql`coalesce(${crossings.note}, excluded.note)` },
      })
    await transaction.execute(sql`select ${announcement(sql`${JSON.stringify(boardsEvent)}::jsonb`, randomUUID())}`)
    return made.length
  })
}
