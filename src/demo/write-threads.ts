import type pg from 'pg'
import type { Board, Catalogue } from '../forum/boards/catalogue.ts'
import { heatOf } from '../forum/discussion/activity.ts'
import { slugOf } from '../forum/discussion/slug.ts'
import { cleanTitle } from '../forum/discussion/title.ts'
import { asLanguage } from '../platform/text/i18n/languages.ts'
import { copyRows } from './copy-rows.ts'
import type { Plan } from './plan.ts'
import { type Random, zipf } from './random.ts'
import { composeTitle } from './titles.ts'
import type { DemoMember } from './write-members.ts'

/** What there is to know of each thread once all its posts have been planned. */
export interface ThreadTotals {
  lastNumber: Int32Array
  replies: Int32Array
  lastAuthor: Int32Array
  lastAt: Float64Array
  heat: Float64Array
}

/** Counts a planned forum's threads through, post after post. */
export function totalsOf(plan: Plan, isDeleted: (place: number) => boolean): ThreadTotals {
  const { length } = plan.starts
  const totals = {
    lastNumber: new Int32Array(length),
    replies: new Int32Array(length),
    lastAuthor: new Int32Array(length),
    lastAt: new Float64Array(length),
    heat: new Float64Array(length).fill(Number.NEGATIVE_INFINITY),
  }
  for (const [place, thread] of plan.threadOf.entries()) {
    const number = plan.numberOf[place] ?? 1
    const at = plan.writtenAt[place] ?? 0
    totals.lastNumber[thread] = number
    // Lists name who wrote the last post that stands.
    if (!isDeleted(place)) totals.lastAuthor[thread] = plan.authorOf[place] ?? 0
    totals.lastAt[thread] = at
    totals.heat[thread] = heatOf(totals.heat[thread] ?? 0, at)
    if (number > 1 && !isDeleted(place)) totals.replies[thread] = (totals.replies[thread] ?? 0) + 1
  }
  return totals
}

/** Writes the threads with their places in boards and crossings, whose counts grow by them. */
export async function writeThreads(
  client: pg.Client,
  random: Random,
  plan: Plan,
  totals: ThreadTotals,
  {
    members,
    openings,
    catalogue,
    firstId,
  }: {
    members: readonly DemoMember[]
    /** What each thread opens with. */
    openings: readonly { language: string }[]
    catalogue: Catalogue
    firstId: number
  },
): Promise<void> {
  const chooseBoards = boardChooser(random, catalogue)
  const boardsOf = Array.from(plan.starts, chooseBoards)
  const id = (thread: number) => firstId + thread
  const iso = (moment: number | undefined) => new Date(moment ?? 0).toISOString()

  function* threads() {
    for (const [thread, start] of plan.starts.entries()) {
      const boards = boardsOf[thread] ?? []
      const language = asLanguage(openings[thread]?.language)
      const title = cleanTitle(composeTitle(random, language, boards), language)
      const author = members[plan.starters[thread] ?? 0]?.id ?? 0
      const lastAuthor = members[totals.lastAuthor[thread] ?? 0]?.id ?? 0
      yield [
        ...[id(thread), title, slugOf(title), author, language, boards.map((board) => board.id), iso(start)],
        ...[totals.lastNumber[thread] ?? 1, totals.replies[thread] ?? 0, iso(totals.lastAt[thread]), lastAuthor],
        totals.heat[thread] ?? 0,
      ]
    }
  }
  await copyRows(
    client,
    'threads',
    [
      ...['id', 'title', 'slug', 'author_id', 'language', 'board_ids', 'created_at'],
      ...['last_number', 'reply_count', 'last_post_at', 'last_author_id', 'heat'],
    ],
    threads(),
  )

  function* places() {
    for (const [thread, boards] of boardsOf.entries()) {
      for (const board of boards) yield [board.id, id(thread), iso(totals.lastAt[thread])]
    }
  }
  await copyRows(client, 'thread_boards', ['board_id', 'thread_id', 'active_at'], places())
  await client.query(COUNT_IN, [firstId])
}

/** The crossings follow from the boards, and all counts from both. */
const COUNT_IN = `
  with stood as (
    select thread_id, board_id, kind, active_at from thread_boards join boards on boards.id = board_id where thread_id >= $1
  ), counted as (
    update boards set thread_count = thread_count + more
    from (select board_id, count(*)::int as more from stood group by board_id) as stood where boards.id = board_id
  ), crossed as (
    select city.thread_id, city.board_id as city_id, technology.board_id as technology_id, city.active_at
    from stood as city join stood as technology using (thread_id)
    where city.kind = 'city' and technology.kind = 'technology'
  ), counted_too as (
    insert into crossings (city_id, technology_id, thread_count)
    select city_id, technology_id, count(*) from crossed group by city_id, technology_id
    on conflict (city_id, technology_id) do update set thread_count = crossings.thread_count + excluded.thread_count
    returning city_id
  )
  insert into crossing_threads (thread_id, city_id, technology_id, active_at)
  select thread_id, city_id, technology_id, active_at from crossed where exists (select from counted_too)`

/** Mostly a city and a technology; some boards are busy, and others nearly empty. */
function boardChooser(random: Random, { cities, technologies }: Catalogue): () => Board[] {
  const cityRank = zipf(random, cities.length, 1.1)
  const technologyRank = zipf(random, technologies.length, 0.8)
  const several = (boards: readonly Board[], rank: () => number, count: number) =>
    [...new Set(Array.from({ length: count }, rank))].flatMap((place) => boards[place] ?? [])
  return () => {
    const draw = random.unit()
    if (draw < 0.15) return several(cities, cityRank, 1)
    if (draw < 0.25) return several(technologies, technologyRank, 1)
    const [inCities, aboutTechnologies] = draw < 0.85 ? [1, 1] : [1 + random.below(4), 1 + random.below(4)]
    return [...several(cities, cityRank, inCities), ...several(technologies, technologyRank, aboutTechnologies)]
  }
}
