import { Cache } from '../../platform/cache/cache.ts'
import type { CacheTag, HeardEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Crossing, everyCrossing } from './queries.ts'

/** Every crossing where a thread stands or something is known: at most as many as cities times technologies. */
export interface Crossings {
  all: readonly Crossing[]
  /** The crossings that one board is part of. */
  of(board: number): Crossing[]
  /** A city and a technology together; null where there is neither a thread nor anything known. */
  between(city: number, technology: number): Crossing | null
}

/**
 * Answers the crossings as they are now. Every process keeps them, because nearly every page about boards shows some,
 * and moves a crossing's last activity when it hears of a post: asking the database for those looked at hundreds of
 * places of one index, for each home page.
 */
export function openCrossings({ database, bus }: Forum): () => Promise<Crossings> {
  const kept = new Cache<Crossing[], CacheTag>(bus, { largest: 1, sizeOf: () => 1 })
  const heard = new Map<string, Date>()
  let shown: { stored: Crossing[]; crossings: Crossings } | null = null

  bus.listen((event: HeardEvent) => {
    if (event.type === 'post') {
      for (const one of event.boards) for (const other of event.boards) heard.set(`${one} ${other}`, new Date())
      shown = null
    }
    // These have the counts read again, which then hold what was heard since the last time.
    if (event.type === 'moved' || event.type === 'removed' || event.type === 'reconnected') heard.clear()
  })

  return async () => {
    const stored = await kept.getOrCompute('crossings', ['counts'], () => everyCrossing(database))
    if (shown?.stored !== stored) shown = { stored, crossings: crossingsOf(stored, heard) }
    return shown.crossings
  }
}

function crossingsOf(stored: readonly Crossing[], heard: ReadonlyMap<string, Date>): Crossings {
  const all = stored.map((crossing) => {
    const { cityId, technologyId, activeAt } = crossing
    const moved = heard.get(`${cityId} ${technologyId}`)
    return moved && moved > (activeAt ?? 0) ? { ...crossing, activeAt: moved } : crossing
  })
  const byKey = new Map(all.map((crossing) => [`${crossing.cityId} ${crossing.technologyId}`, crossing]))
  return {
    all,
    of: (board) => all.filter(({ cityId, technologyId }) => cityId === board || technologyId === board),
    between: (city, technology) => byKey.get(`${city} ${technology}`) ?? null,
  }
}
