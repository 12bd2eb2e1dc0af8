import { asc } from 'drizzle-orm'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import { boards, formerSlugs } from '../../schema/boards.ts'
import type { BoardKind } from '../../schema/enums.ts'
import type { Forum } from '../forum.ts'

export interface Board {
  id: number
  slug: string
  kind: BoardKind
  name: Worded
  summary: Worded
  /** Takes no new threads. */
  archived: boolean
}

/** All boards in their order. Every process keeps them in memory, because they are few and rarely change. */
export interface Catalogue {
  /** Without archived boards, which are found only by id or slug. */
  cities: readonly Board[]
  technologies: readonly Board[]
  withId(id: number): Board | undefined
  /** The board with this slug, now or in the past. */
  withSlug(slug: string): Board | undefined
}

/** The boards of a thread. */
export const boardsOf = (catalogue: Catalogue, { boardIds }: { boardIds: readonly number[] }): Board[] =>
  boardIds.flatMap((id) => catalogue.withId(id) ?? [])

const kept = new WeakMap<Forum, { catalogue: Promise<Catalogue> | null }>()

/** The present boards. Reads them again after an event says that they changed. */
export function boardCatalogue(forum: Forum): Promise<Catalogue> {
  const place = kept.get(forum) ?? keepFor(forum)
  place.catalogue ??= readCatalogue(forum).catch((error: unknown) => {
    place.catalogue = null
    throw error
  })
  return place.catalogue
}

function keepFor(forum: Forum) {
  const place: { catalogue: Promise<Catalogue> | null } = { catalogue: null }
  kept.set(forum, place)
  forum.bus.listen(({ type }) => {
    if (type === 'boards' || type === 'reconnected') place.catalogue = null
  })
  return place
}

async function readCatalogue({ database }: Forum): Promise<Catalogue> {
  const [stored, former] = await Promise.all([
    database.select().from(boards).orderBy(asc(boards.position), asc(boards.id)),
    database.select().from(formerSlugs),
  ])
  const all = stored.map(({ id, slug, kind, name, summary, archivedAt }): Board => {
    return { id, slug, kind, name, summary, archived: archivedAt !== null }
  })
  const byId = new Map(all.map((board) => [board.id, board]))
  const formerly = former.map(({ slug, boardId }) => [slug, byId.get(boardId)] as const)
  const bySlug = new Map([...formerly, ...all.map((board) => [board.slug, board] as const)])
  const offered = all.filter(({ archived }) => !archived)
  return {
    cities: offered.filter(({ kind }) => kind === 'city'),
    technologies: offered.filter(({ kind }) => kind === 'technology'),
    withId: (id) => byId.get(id),
    withSlug: (slug) => bySlug.get(slug),
  }
}
