import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import type { MemberName } from '../../schema/members.ts'
import { type Board, boardCatalogue, boardsOf } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { excerptOfHtml, markedLine, type Piece, READ_FOR_EXCERPT } from './excerpt.ts'
import { type FoundPost, MOST_OF_A_THREAD, type WantedPage } from './page-of-posts.ts'
import { WEIGHTS } from './search-row.ts'

/** At most so many words of a text are marked. */
const MOST_MARKS = 60

/** The weight classes of words in a body. */
const BODY = WEIGHTS.opening + WEIGHTS.reply

export interface Hit {
  kind: 'thread' | 'post'
  /** The id of the thread or post. */
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
  /** On the last hit of a thread with further hits: how many it has in total, as far as was read. */
  ofThread: number | null
}

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

/** Posts as a page of hits shows them, with the found words marked. */
export async function hitsOf(
  forum: Forum,
  transaction: Transaction,
  posts: readonly FoundPost[],
  { understood: { place }, queries: { stems }, isWhole }: WantedPage,
): Promise<Hit[]> {
  if (posts.length === 0) return []
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
    where search_rows.kind = 'post' and search_rows.id = any (${`{${posts.map(({ id }) => id).join(',')}}`}::bigint[])`)
  const byId = new Map(found.map((row) => [row.id, row]))
  const catalogue = await boardCatalogue(forum)
  return posts.flatMap(({ id, ofThread, place: placeInThread }) => {
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
