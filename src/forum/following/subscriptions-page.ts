import type { Level } from '../../schema/enums.ts'
import { type Board, boardCatalogue, type Catalogue } from '../boards/catalogue.ts'
import { sliceById } from '../discussion/cursor.ts'
import type { Forum } from '../forum.ts'
import { type AutomaticLevels, automaticLevels } from '../members/automatic-levels.ts'
import { type Actor, mayModerate } from '../members/permissions.ts'
import {
  followedThreads,
  type SubscribedPlaces,
  type SubscribedThread,
  subscribedPlaces,
  subscribedThreads,
  THREADS_PER_LIST,
} from './subscription-queries.ts'

/** All that a member follows, watches or has muted, for HTML and JSON. */
export interface SubscriptionsPage {
  /** In the order of the catalogue. */
  boards: { board: Board; level: Level }[]
  crossings: { city: Board; technology: Board; level: Level }[]
  /** Newest first. */
  threads: SubscribedThread[]
  /** The last thread of this page, if older ones follow; null at the end. */
  next: string | null
  automatic: AutomaticLevels
}

/**
 * @param before the thread before which the page begins; undefined for the first. @param most fewer threads than a page
 * has.
 */
export async function readSubscriptionsPage(
  forum: Forum,
  member: Actor,
  before: number | undefined,
  most = THREADS_PER_LIST,
): Promise<SubscriptionsPage> {
  const { database } = forum
  const [catalogue, places, threads, automatic] = await Promise.all([
    boardCatalogue(forum),
    subscribedPlaces(database, member.id),
    subscribedThreads(database, member.id, before, mayModerate(member)),
    automaticLevels(database, member.id),
  ])
  const { rows, next } = sliceById(threads, Math.min(most, THREADS_PER_LIST))
  return { ...withBoards(catalogue, places), threads: rows, next, automatic }
}

/** All boards, crossings and threads that a member follows or watches. */
export async function readFollowed(forum: Forum, member: { id: number }) {
  const { database } = forum
  const [catalogue, places, threads] = await Promise.all([
    boardCatalogue(forum),
    subscribedPlaces(database, member.id),
    followedThreads(database, member.id),
  ])
  const { boards, crossings } = withBoards(catalogue, places)
  return { boards: boards.filter(isFollowed), crossings: crossings.filter(isFollowed), threads }
}

const isFollowed = ({ level }: { level: Level }): boolean => level === 'watching' || level === 'following'

function withBoards(catalogue: Catalogue, { inBoards, inCrossings }: SubscribedPlaces) {
  const levelOf = new Map(inBoards.map(({ boardId, level }) => [boardId, level]))
  const boards = [...catalogue.cities, ...catalogue.technologies].flatMap((board) => {
    const level = levelOf.get(board.id)
    return level ? [{ board, level }] : []
  })
  const crossings = inCrossings.flatMap(({ cityId, technologyId, level }) => {
    const city = catalogue.withId(cityId)
    const technology = catalogue.withId(technologyId)
    return city && technology ? [{ city, technology, level }] : []
  })
  return { boards, crossings }
}
