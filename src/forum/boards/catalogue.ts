import { asc } from 'drizzle-orm'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import { boards } from '../../schema/boards.ts'
import type { BoardKind } from '../../schema/enums.ts'
import type { Forum } from '../forum.ts'

export interface Board {
  id: number
  slug: string
  kind: BoardKind
  name: Worded
  summary: Worded
}

/** All boards, in the order in which they are shown; few and seldom changed, so every process keeps them. */
export interface Catalogue {
  cities: readonly Board[]
  technologies: readonly Board[]
  withId(id: number): Board | undefined
  withSlug(slug: string): Board | undefined
}

/** The boards that a thread stands in. */
export const boardsOf = (catalogue: Catalogue, { boardIds }: { boardIds: readonly number[] }): Board[] =>
  boardIds.flatMap((id) => catalogue.withId(id) ?? [])

const kept = new WeakMap<Forum, { catalogue: Promise<Catalogue> | null }>()

/** The boards as they are now: read again when any process has said that they changed. */
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
  const all: Board[] = await database
    .select({ id: boards.id, slug: boards.slug, kind: boards.kind, name: boards.name, summary: boards.summary })
    .from(boards)
    .orderBy(asc(boards.position), asc(boards.id))
  const byId = new Map(all.map((board) => [board.id, board]))
  const bySlug = new Map(all.map((board) => [board.slug, board]))
  return {
    cities: all.filter(({ kind }) => kind === 'city'),
    technologies: all.filter(({ kind }) => kind === 'technology'),
    withId: (id) => byId.get(id),
    withSlug: (slug) => bySlug.get(slug),
  }
}
