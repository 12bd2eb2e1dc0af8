import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { statement } from '../../platform/database/statement.ts'
import { invalidField, notFound } from '../../platform/problem.ts'
import { pins, threads } from '../../schema/threads.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import { lockBoards } from '../boards/count-thread.ts'
import { pinEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import type { Moderator } from './steps.ts'

/** More pinned threads would hide what is new. */
const MOST_PINNED = 5

/**
 * Pins a thread at the top of one of its boards or, without a board, of all lists; or unpins it. Doing so twice has no
 * further effect.
 * @param slug of a board; empty for everywhere.
 * @throws Problem 404, 422 for a board that it is not in or that has enough pins, 409 for one that was just merged.
 */
export async function pinThread(
  forum: Forum,
  thread: number,
  slug: string,
  pinned: boolean,
  moderator: Moderator,
): Promise<void> {
  const place = slug === '' ? null : (await boardCatalogue(forum)).withSlug(slug)
  if (place === undefined) throw invalidField('board', 'moderation.not_in_board')
  const board = place?.id ?? null
  await inTransaction(forum, async (transaction, announce) => {
    if (board !== null) await lockBoards(transaction, [board])
    // Moderators rarely pin. One at a time, so that two at once cannot pin one too many.
    await transaction.execute(sql`lock table pins in share row exclusive mode`)
    const [found] = await transaction.select().from(threads).where(eq(threads.id, thread))
    if (!found) throw notFound('threads.not_found')
    const here = and(eq(pins.threadId, thread), board === null ? isNull(pins.boardId) : eq(pins.boardId, board))
    if (pinned) {
      if (board !== null && !found.boardIds.includes(board)) throw invalidField('board', 'moderation.not_in_board')
      const there = await transaction
        .select({ thread: pins.threadId })
        .from(pins)
        .where(board === null ? isNull(pins.boardId) : eq(pins.boardId, board))
      if (there.some((pin) => pin.thread === thread)) return
      if (there.length >= MOST_PINNED) throw invalidField('board', 'moderation.enough_pins', { count: MOST_PINNED })
      await transaction.insert(pins).values({ threadId: thread, boardId: board })
    } else {
      const gone = await transaction.delete(pins).where(here).returning({ id: pins.id })
      if (gone.length === 0) return
    }
    const kind = pinned ? 'pinned' : 'unpinned'
    const change = { kind, thread, author: found.authorId, board, ...moderator } as const
    await runSteps(forum.steps.threadChanged, transaction, change)
    await announce(pinEvent(thread, board))
  })
}

const findPinned = statement<{ id: number }>(sql`
  select threads.id from pins join threads on threads.id = pins.thread_id
  where coalesce(pins.board_id, 0) in (0, ${sql.placeholder('board')}::bigint)
    and removed_at is null and (pins.board_id is null or pins.board_id = any (threads.board_ids))
  group by threads.id
  order by max(pins.id) desc limit ${sql.raw(String(2 * MOST_PINNED))}`)

/** The pinned threads of a board, or of all lists (null), the last pinned first. */
export async function pinnedIn(forum: Forum, board: number | null): Promise<number[]> {
  const places = await placesWithPins(forum)
  if (!places.has(null) && (board === null || !places.has(board))) return []
  return (await findPinned(forum.database, { board: board ?? 0 })).map(({ id }) => id)
}

type Places = Set<number | null>
const kept = new WeakMap<Forum, { places: Promise<Places> | null }>()

/** The places with pins, so that few pages have to ask. Read again after an event says that they changed. */
function placesWithPins(forum: Forum): Promise<Places> {
  const place = kept.get(forum) ?? keepFor(forum)
  place.places ??= readPlaces(forum).catch((error: unknown) => {
    place.places = null
    throw error
  })
  return place.places
}

function keepFor(forum: Forum) {
  const place: { places: Promise<Places> | null } = { places: null }
  kept.set(forum, place)
  forum.bus.listen(({ type }) => {
    if (type === 'pinned' || type === 'reconnected') place.places = null
  })
  return place
}

async function readPlaces({ database }: Forum): Promise<Places> {
  const rows = await database.selectDistinct({ board: pins.boardId }).from(pins)
  return new Set(rows.map(({ board }) => board))
}

/** Whether a thread is pinned in all lists, also in those of boards that it is not in. */
export async function isPinnedEverywhere(transaction: Transaction, thread: number): Promise<boolean> {
  const found = await transaction
    .select({ id: pins.id })
    .from(pins)
    .where(and(eq(pins.threadId, thread), isNull(pins.boardId)))
  return found.length > 0
}
