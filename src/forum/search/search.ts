import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { FORUM_TIME_ZONE } from '../../platform/text/i18n/time-zones.ts'
import type { MemberName } from '../../schema/members.ts'
import { type Board, boardCatalogue, boardsOf } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { excerptOfHtml, markedLine, type Piece, READ_FOR_EXCERPT } from './excerpt.ts'
import { score } from './ranking.ts'
import { BEGINNING, type SearchCursor, writeSearchCursor } from './search-cursor.ts'
import { filterOf, WEIGHTS } from './search-row.ts'
import type { Queries } from './tsquery.ts'
import type { Understood } from './understand.ts'

/** No search takes longer in the database: then it is asked to be narrowed down. */
export const LONGEST_MILLISECONDS = 2_000
export const HITS_PER_PAGE = 20
/** Posts of one thread among the hits; the others are a link away. */
export const MOST_OF_A_THREAD = 3
/** Of so many posts that fit, the newest, the best are found, and of so many titles. */
const NEWEST_POSTS = 500
const NEWEST_TITLES = 150
/** Places of words in one text that are marked. */
const MOST_MARKS = 60

export type SearchOrder = 'best' | 'new'

export interface Hit {
  kind: 'thread' | 'post'
  /** The key of the thread or post. */
  id: number
  number: number
  thread: { id: number; slug: string; language: string }
  title: Piece[]
  excerpt: Piece[]
  /** The language of the post. */
  language: string
  author: MemberName
  postedAt: Date
  boards: Board[]
  /** With the last hit of a thread of which there are more: how many there are in all, as far as was looked. */
  ofThread: number | null
}

export interface Found {
  hits: Hit[]
  /** Where the next page begins; null at the end. */
  next: string | null
  count: number
  /** The number is an estimate: to count would cost too much. */
  about: boolean
}

/** Which page of what fits. */
export interface PageOfHits {
  order: SearchOrder
  cursor: SearchCursor
  /** Whose days; null: the forum's. */
  timeZone: string | null
  /** Fewer hits than a page has. */
  most?: number | undefined
  /** Of one thread as many as there are: for who reads each of them, and not a page. */
  wholeThreads?: boolean
}

interface FoundRow extends Record<string, unknown> {
  id: number
  position: number
  ofThread: number
  place: number
}

const asQuery = (text: string): SQL => sql`${text}::tsquery`

/** Gives up each statement of a search that takes longer, from here on: PostgreSQL's error 57014. */
export async function giveUpAfter(transaction: Transaction, milliseconds: number): Promise<void> {
  await transaction.execute(sql.raw(`set local statement_timeout = ${Math.max(1, Math.floor(milliseconds))}`))
}

/** Runs a search on a connection that gives up what takes longer than two seconds. @throws PostgreSQL's error 57014. */
export function searching<Result>(
  { database }: Forum,
  act: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  return database.transaction(
    async (transaction) => {
      await giveUpAfter(transaction, LONGEST_MILLISECONDS)
      // To read the whole table for one row looks cheap to the planner, and is not where there is none.
      await transaction.execute(sql`set local enable_seqscan = off`)
      return act(transaction)
    },
    { accessMode: 'read only' },
  )
}

/** One page of what fits, the best or the newest first. */
export async function findPosts(
  forum: Forum,
  transaction: Transaction,
  understood: Understood,
  queries: Queries,
  { order, cursor, timeZone, most = HITS_PER_PAGE, wholeThreads = false }: PageOfHits,
): Promise<Found> {
  const isWhole = wholeThreads || understood.thread !== null
  const wanted = { understood, queries, timeZone: timeZone ?? FORUM_TIME_ZONE, isWhole }
  const best = order === 'best' && queries.matching !== ''
  const { rows, count, about, end } = best
    ? await bestRows(transaction, wanted, cursor)
    : await newestRows(transaction, wanted, cursor)
  const shown = rows.slice(0, Math.min(most, HITS_PER_PAGE))
  const last = rows.length > shown.length ? shown.at(-1) : end
  return {
    hits: await hitsOf(forum, transaction, shown, wanted),
    next: last ? writeSearchCursor({ position: last.position, id: last.id, at: cursor.at }) : null,
    count,
    about,
  }
}

/** Of so few posts, as the planner expects, all are read and then sorted. */
const FEW = 20_000

/**
 * The newest first. Where few fit, the index by age would be walked to its end to find them, which the planner does not see:
 * of a rare word it knows only that it is rare.
 */
const newestFirst = (expected: number): SQL =>
  expected < FEW ? sql`posted_at + interval '0 seconds' desc, id desc` : sql`posted_at desc, id desc`

interface Wanted {
  understood: Understood
  queries: Queries
  timeZone: string
}

/** A page of what is wanted, of each thread with its first few or with all that there is. */
interface WantedPage extends Wanted {
  isWhole: boolean
}

interface FoundRows {
  /** One more than a page has, if there are. */
  rows: FoundRow[]
  count: number
  about: boolean
  /** Where those end that were read, if there may be more behind; null: there is nothing. */
  end: Pick<FoundRow, 'position' | 'id'> | null
}

/** What every hit must be, whatever its words: by the one index where it can be. */
function conditions({ understood, queries, timeZone }: Wanted, now: SQL): SQL {
  const { thread, author, boards, after, before, lang, place } = understood
  const filters = [
    ...(thread ? [filterOf.thread(thread)] : []),
    ...(author ? [filterOf.author(author.id)] : []),
    ...boards.map(({ id }) => filterOf.board(id)),
  ]
  const all = [queries.matching ? `(${queries.matching})` : '', ...filters].filter(Boolean).join(' & ')
  const day = (text: string) => sql`(${text}::date)::timestamp at time zone ${timeZone}`
  const asked = [
    sql`search_rows.posted_at <= ${now}`,
    ...(all ? [sql`search_rows.words @@ ${asQuery(all)}`] : []),
    ...(after ? [sql`search_rows.posted_at >= ${day(after)}`] : []),
    ...(before ? [sql`search_rows.posted_at < ${day(before)}`] : []),
    ...(lang ? [sql`search_rows.language = ${lang}`] : []),
    ...(place === 'titles' ? [sql`search_rows.title is not null`] : []),
    // Files, documents and dossiers are not there yet.
    ...(understood.hasFile || place === 'documents' || place === 'dossiers' ? [sql`false`] : []),
  ]
  return sql.join(asked, sql` and `)
}

/** The newest posts of a time that fit, as a query that answers their ids. */
export const fittingPosts = (
  { timeZone, ...wanted }: Omit<Wanted, 'timeZone'> & { timeZone: string | null },
  { since, until }: { since: Date; until: Date },
): SQL => sql`
  select id from search_rows
  where kind = 'post' and posted_at > ${since.toISOString()}::timestamptz
    and ${conditions({ ...wanted, timeZone: timeZone ?? FORUM_TIME_ZONE }, sql`${until.toISOString()}::timestamptz`)}
  order by posted_at desc, id desc limit ${NEWEST_POSTS}`

/** Whether there is anything at all. */
export async function hasPosts(
  transaction: Transaction,
  understood: Understood,
  queries: Queries,
  timeZone: string | null,
): Promise<boolean> {
  const wanted = { understood, queries, timeZone: timeZone ?? FORUM_TIME_ZONE }
  const { rows } = await transaction.execute(
    sql`select from search_rows where kind = 'post' and ${conditions(wanted, sql`now()`)} limit 1`,
  )
  return rows.length > 0
}

async function bestRows(transaction: Transaction, wanted: WantedPage, cursor: SearchCursor): Promise<FoundRows> {
  const now = sql`to_timestamp(${cursor.at}::float8)`
  const matching = asQuery(wanted.queries.matching)
  const all = conditions(wanted, now)
  const expected = await estimate(transaction, all)
  const perThread = wanted.isWhole ? NEWEST_POSTS : MOST_OF_A_THREAD
  const { rows } = await transaction.execute<FoundRow & { found: number }>(sql`
    with newest as materialized (
      select id from search_rows where kind = 'post' and ${all} order by ${newestFirst(expected)} limit ${NEWEST_POSTS + 1}
    ), titled as materialized (
      select id from search_rows
      where kind = 'post' and title is not null and title @@ ${matching} and ${all}
      order by ${newestFirst(expected)} limit ${NEWEST_TITLES}
    ), scored as (
      select search_rows.id, search_rows.thread_id,
             (1000000 * ${score({
               words: sql`search_rows.words`,
               title: sql`search_rows.title`,
               matching,
               postedAt: sql`search_rows.posted_at`,
               answered: sql`threads.reply_count > 0`,
               now,
             })})::bigint as position
      from (select id from newest union select id from titled) as chosen
      join search_rows on search_rows.kind = 'post' and search_rows.id = chosen.id
      join threads on threads.id = search_rows.thread_id
    ), placed as (
      select id, position,
             row_number() over (partition by thread_id order by position desc, id desc)::int as place,
             (count(*) over (partition by thread_id))::int as "ofThread"
      from scored
    )
    select *, (select count(*) from newest)::int as found from placed
    where place <= ${perThread} and (position, id) < (${cursor.position}, ${cursor.id})
    order by position desc, id desc limit ${HITS_PER_PAGE + 1}`)
  const found = rows[0]?.found ?? 0
  if (found <= NEWEST_POSTS) return { rows, count: found, about: false, end: null }
  return { rows, count: Math.max(found, expected), about: true, end: null }
}

/** So many of the newest are read for a page, of which each thread gives its first few. */
const READ_FOR_PAGE = 200

async function newestRows(transaction: Transaction, wanted: WantedPage, cursor: SearchCursor): Promise<FoundRows> {
  const all = conditions(wanted, sql`to_timestamp(${cursor.at}::float8)`)
  const expected = await estimate(transaction, all)
  const perThread = wanted.isWhole ? READ_FOR_PAGE : MOST_OF_A_THREAD
  const position = sql`(extract(epoch from search_rows.posted_at) * 1000000)::bigint`
  const from = sql`timestamptz 'epoch' + ${Math.min(cursor.position, BEGINNING.position)}::bigint * interval '1 microsecond'`
  const { rows } = await transaction.execute<FoundRow & { found: number; endPosition: number; endId: number }>(sql`
    with newest as materialized (
      select id, thread_id, ${position} as position from search_rows
      where kind = 'post' and ${all} and (posted_at, id) < (${from}, ${cursor.id})
      order by ${newestFirst(expected)} limit ${READ_FOR_PAGE}
    ), placed as (
      select id, position,
             row_number() over (partition by thread_id order by position desc, id desc)::int as place,
             (count(*) over (partition by thread_id))::int as "ofThread"
      from newest
    ), last_read as (
      select position as "endPosition", id as "endId" from newest order by position, id limit 1
    )
    select placed.*, (select count(*) from newest)::int as found, last_read.* from placed cross join last_read
    where place <= ${perThread} order by position desc, id desc limit ${HITS_PER_PAGE + 1}`)
  const [first] = rows
  const found = first?.found ?? 0
  // A long thread may have had all of those that were read: those of other threads stand behind.
  const end = first && found === READ_FOR_PAGE ? { position: first.endPosition, id: first.endId } : null
  if (found < READ_FOR_PAGE && cursor.position === BEGINNING.position) return { rows, count: found, about: false, end }
  return { rows, count: Math.max(found, expected), about: true, end }
}

/** How many rows the planner expects, from what it knows of how common each word is: it reads none of them. */
async function estimate(transaction: Transaction, condition: SQL): Promise<number> {
  const { rows } = await transaction.execute<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(
    sql`explain (format json) select from search_rows where ${condition}`,
  )
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0
}

/** The classes of the words of a body. */
const BODY = WEIGHTS.opening + WEIGHTS.reply

interface HitRow extends Record<string, unknown> {
  id: number
  number: number
  html: string
  language: string
  author: MemberName
  postedAt: number
  threadId: number
  slug: string
  title: string
  titleLanguage: string
  boardIds: number[]
  places: number[] | null
  titlePlaces: number[] | null
}

async function hitsOf(
  forum: Forum,
  transaction: Transaction,
  rows: readonly FoundRow[],
  { understood: { place }, queries: { stems }, isWhole }: WantedPage,
): Promise<Hit[]> {
  if (rows.length === 0) return []
  const placesOf = (column: SQL, classes: string) => sql`(
    select array_agg(place order by place) from (
      select place from unnest(${column}) as word cross join unnest(word.positions, word.weights) as stands (place, weight)
      where word.lexeme = any (${sql.param(stems)}::text[]) and position(weight in ${classes}) > 0
      order by place limit ${MOST_MARKS}
    ) as marked)`
  const { rows: found } = await transaction.execute<HitRow>(sql`
    select posts.id, posts.number, left(posts.body_html, ${READ_FOR_EXCERPT}) as html, posts.language,
           members.username as author, (extract(epoch from posts.created_at) * 1000)::float8 as "postedAt", threads.id as "threadId", threads.slug,
           threads.title, threads.language as "titleLanguage", threads.board_ids as "boardIds",
           ${placesOf(sql`search_rows.words`, BODY)} as places, ${placesOf(sql`search_rows.title`, WEIGHTS.title)} as "titlePlaces"
    from search_rows
    join posts on posts.id = search_rows.id
    join threads on threads.id = posts.thread_id
    join members on members.id = posts.author_id
    where search_rows.kind = 'post' and search_rows.id = any (${`{${rows.map(({ id }) => id).join(',')}}`}::bigint[])`)
  const byId = new Map(found.map((row) => [row.id, row]))
  const catalogue = await boardCatalogue(forum)
  return rows.flatMap(({ id, ofThread, place: placeInThread }) => {
    const row = byId.get(id)
    if (!row) return []
    const titled = row.number === 1 && place !== 'posts' && row.titlePlaces !== null
    return {
      kind: titled ? 'thread' : 'post',
      id: titled ? row.threadId : row.id,
      number: row.number,
      thread: { id: row.threadId, slug: row.slug, language: row.titleLanguage },
      title: markedLine(row.title, row.titlePlaces ?? []),
      excerpt: excerptOfHtml(row.html, row.places ?? []),
      language: row.language,
      author: row.author,
      postedAt: new Date(row.postedAt),
      boards: boardsOf(catalogue, row),
      ofThread: !isWhole && placeInThread === MOST_OF_A_THREAD && ofThread > MOST_OF_A_THREAD ? ofThread : null,
    } satisfies Hit
  })
}
