import { Cache } from '../../platform/cache/cache.ts'
import type { CacheTag, HeardEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Crossing, everyCrossing } from './queries.ts'

/** All crossings with a thread or a note: at most cities times technologies. */
export interface Crossings {
  all: readonly Crossing[]
  /** The crossings of one board. */
  of(board: number): Crossing[]
  /** The crossing of a city and a technology; null without a thread or a note. */
  between(city: number, technology: number): Crossing | null
}

/**
 * Answers the present crossings. Every process keeps them in memory, because nearly every page of boards shows some and
 * reading them takes hundreds of index look-ups. An event about a post moves a crossing's last activity.
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
    // These events cause the counts to be read again. The result includes what was heard before.
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
