import { sql } from 'drizzle-orm'
import type { Database, Transaction } from '../../platform/database/database.ts'

/** A member whose digest tells what was posted after `since`. */
export interface DueMember {
  member: number
  since: Date
}

/** A thread that may have news for a member. */
export interface Candidate {
  member: number
  thread: number
  /** News is newer than this: the member's last digest, or the moment when they marked a board of the thread as read. */
  since: Date
  /** The number up to which they have read it. */
  read: number
  /** The followed board, or the city of a followed crossing; null when the thread itself is followed. */
  board: number | null
  technology: number | null
  /** The followed search that found it; null for other threads. */
  search: string | null
}

interface Thread {
  id: number
  boards: number[]
  /** Milliseconds since 1970, to the microsecond. */
  created: number
  last: number
  last_number: number
  heat: number
}

interface Place {
  member: number
  board: number
  technology: number | null
  level: string
}

/** How many of a board's most recently active threads are read. */
const MOST_IN_BOARD = 500

const milliseconds = (moment: string) => sql.raw(`(extract(epoch from ${moment}) * 1000)::float8`)
const THREAD = sql`
  threads.id, board_ids::int[] as boards, ${milliseconds('threads.created_at')} as created,
  ${milliseconds('last_post_at')} as last, last_number, heat`
const follows = ({ level }: { level: string }) => level === 'watching' || level === 'following'

/**
 * The liveliest threads with news for each member, new threads first, and how many there are. Reads each board once for
 * all these members, because they follow the same ones, and removes here what each has muted or read.
 */
export async function activeThreads(
  database: Database | Transaction,
  due: readonly DueMember[],
  most: number,
): Promise<{ candidates: Candidate[]; active: Map<number, number> }> {
  const members = sql`any (${sql.param(due.map(({ member }) => member))}::bigint[])`
  const sinces = new Map(due.map(({ member, since }) => [member, since.toISOString()]))
  const { rows: places } = await database.execute<Place & Record<string, unknown>>(sql`
    select member_id as member, board_id as board, null::bigint as technology, level
    from board_subscriptions where member_id = ${members}
    union all
    select member_id, city_id, technology_id, level from crossing_subscriptions where member_id = ${members}`)
  const since = sinceOfBoards(places, sinces)
  const followedBoards = [...since.keys()]
  const { rows: inBoards } = await database.execute<Thread & Record<string, unknown>>(sql`
    select ${THREAD} from threads
    where removed_at is null and id in (
      select last.thread_id
      from unnest(
        ${sql.param(followedBoards)}::bigint[], ${sql.param([...since.values()])}::timestamptz[]
      ) as followed (board, since)
      cross join lateral (
        select thread_id from thread_boards
        where board_id = followed.board and active_at > followed.since
        order by active_at desc, thread_id desc limit ${MOST_IN_BOARD}
      ) as last
    )`)
  const { rows: own } = await database.execute<
    Thread & { member: number; level: string } & Record<string, unknown>
  >(sql`
    select member_id as member, level, ${THREAD}
    from unnest(
      ${sql.param([...sinces.keys()])}::bigint[], ${sql.param([...sinces.values()])}::timestamptz[]
    ) as due (member, since)
    join thread_subscriptions on member_id = due.member
    join threads on threads.id = thread_id
    where level <> 'none' and last_post_at > due.since and removed_at is null`)
  const ids = [...new Set([...inBoards, ...own].map(({ id }) => id))]
  const { rows: reads } = await database.execute<{ member: number; thread: number; number: number }>(sql`
    select member_id as member, thread_id as thread, number
    from reads join unnest(${sql.param(ids)}::bigint[]) as active (id) on active.id = thread_id
    where member_id = ${members}`)
  const { rows: declared } = await database.execute<{ member: number; board: number; at: number }>(sql`
    select member_id as member, board_id as board, ${milliseconds('read_at')} as at from board_reads where member_id = ${members}`)

  const byBoard = new Map<number, Thread[]>(followedBoards.map((board) => [board, []]))
  for (const thread of inBoards) for (const board of thread.boards) byBoard.get(board)?.push(thread)
  const placesOf = Map.groupBy(places, ({ member }) => member)
  const ownOf = Map.groupBy(own, ({ member }) => member)
  const readsOf = Map.groupBy(reads, ({ member }) => member)
  const declaredOf = Map.groupBy(declared, ({ member }) => member)

  const candidates: Candidate[] = []
  const active = new Map<number, number>()
  for (const { member, since } of due) {
    const found = threadsOf({ member, since }, byBoard, {
      places: placesOf.get(member) ?? [],
      own: ownOf.get(member) ?? [],
      read: new Map(readsOf.get(member)?.map(({ thread, number }) => [thread, number])),
      declared: declaredOf.get(member) ?? [],
    })
    active.set(member, found.length)
    candidates.push(...found.slice(0, most).map(({ candidate }) => candidate))
  }
  return { candidates, active }
}

/** From when on each followed board is read: the earliest last digest among its followers. */
function sinceOfBoards(places: Place[], sinces: Map<number, string>): Map<number, string> {
  const since = new Map<number, string>()
  for (const { board, member } of places.filter(follows)) {
    const own = sinces.get(member) ?? ''
    const known = since.get(board)
    if (known === undefined || own < known) since.set(board, own)
  }
  return since
}

interface Choices {
  places: Place[]
  own: (Thread & { level: string })[]
  read: Map<number, number>
  declared: { board: number; at: number }[]
}

function threadsOf({ member, since }: DueMember, byBoard: Map<number, Thread[]>, choices: Choices) {
  const { places, own, read, declared } = choices
  const found = new Map<number, { thread: Thread; candidate: Candidate; isNew: boolean }>()
  const levels = new Map(own.map(({ id, level }) => [id, level]))
  const muted = places.filter(({ level }) => level === 'muted')

  const add = (thread: Thread, board: number | null, technology: number | null) => {
    const number = read.get(thread.id) ?? 0
    if (found.has(thread.id) || thread.last <= since.getTime() || thread.last_number <= number) return
    if (isMuted(thread, levels.get(thread.id), muted)) return
    const seen = declared.filter((one) => thread.boards.includes(one.board)).map(({ at }) => at)
    const after = Math.max(since.getTime(), ...seen)
    if (thread.last <= after) return
    const isNew = thread.created > since.getTime() && number === 0
    const candidate = {
      member,
      thread: thread.id,
      since: new Date(Math.floor(after)),
      read: number,
      board,
      technology,
      search: null,
    }
    found.set(thread.id, { thread, candidate, isNew })
  }

  const followed = places.filter(follows)
  for (const { board, technology } of followed)
    if (technology === null) for (const thread of byBoard.get(board) ?? []) add(thread, board, null)
  for (const thread of own.filter(follows)) add(thread, null, null)
  for (const { board, technology } of followed) {
    if (technology === null) continue
    for (const thread of byBoard.get(board) ?? [])
      if (thread.boards.includes(technology)) add(thread, board, technology)
  }
  return [...found.values()].sort(
    (one, other) => Number(other.isNew) - Number(one.isNew) || other.thread.heat - one.thread.heat,
  )
}

/** The rule of `following/muted.ts`: the level of the thread itself wins over the levels of its boards and crossings. */
const isMuted = ({ boards }: Thread, level: string | undefined, muted: Place[]): boolean =>
  level === undefined
    ? muted.some(
        ({ board, technology }) => boards.includes(board) && (technology === null || boards.includes(technology)),
      )
    : level === 'muted'
