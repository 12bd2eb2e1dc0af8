import { writeCursor } from '../../src/forum/discussion/cursor.ts'
import { memberPath, pageOfNumber, threadFeedPath, threadPath } from '../../src/paths.ts'

interface Asked {
  query(text: string): Promise<{ rows: Record<string, unknown>[] }>
}

/**
 * A forum's pages by what they are, and where the largest of each kind is: what is slow anywhere is slow there. All are
 * for members, and some for them only.
 */
export async function largestPages(database: Asked): Promise<Record<string, string>> {
  async function first(text: string): Promise<Record<string, unknown>> {
    const { rows } = await database.query(`${text} limit 1`)
    if (!rows[0]) throw new Error(`Nothing was found: ${text}`)
    return rows[0]
  }
  const city = await first(`select id, slug from boards where kind = 'city' order by thread_count desc`)
  const technology = await first(`select slug from boards where kind = 'technology' order by thread_count desc`)
  const crossing = await first(
    `select city.slug as city, technology.slug as technology from crossings
     join boards as city on city.id = city_id join boards as technology on technology.id = technology_id
     order by crossings.thread_count desc`,
  )
  const halfway = await first(
    `select (extract(epoch from active_at) * 1000000)::bigint as moment, thread_id from thread_boards
     where board_id = ${city.id} order by thread_id
     offset (select count(*) / 2 from thread_boards where board_id = ${city.id})`,
  )
  const largest = addressOf(await first('select id, slug, last_number from threads order by last_number desc'))
  const ordinary = addressOf(
    // As like as can be in forums of all sizes.
    await first(
      `select id, slug, last_number
       from (select * from threads where last_number between 8 and 16 order by id desc limit 2000) as short
       cross join lateral (select count(reply_to) from posts where thread_id = short.id) as answers
       order by abs(last_number - 12) + abs(count - 4), id desc`,
    ),
  )
  const author = await first(
    'select username from posts join members on members.id = author_id group by username order by count(*) desc',
  )
  const edited = await first('select id from posts where edit_count > 0 and deleted_at is null order by id desc')

  const before = writeCursor({ moment: Number(halfway.moment), thread: Number(halfway.thread_id) })
  const pages = pageOfNumber(largest.lastNumber)
  const inCity = `/cities/${city.slug}`
  const crossed = `/cities/${crossing.city}/${crossing.technology}`
  return {
    home: '/',
    cities: '/cities',
    technologies: '/technologies',
    city: inCity,
    'city, further back': `${inCity}?before=${before}`,
    'city, by start': `${inCity}?sort=new`,
    'city, by start, further back': `${inCity}?sort=new&before=${before}`,
    technology: `/technologies/${technology.slug}`,
    crossing: crossed,
    'crossing, further back': `${crossed}?before=${before}`,
    latest: '/threads',
    'latest, further back': `/threads?before=${before}`,
    'latest, by start': '/threads?sort=new',
    followed: '/threads?show=followed',
    'largest thread, first page': threadPath(largest, 1),
    'largest thread, middle': threadPath(largest, Math.ceil(pages / 2)),
    'largest thread, last page': threadPath(largest, pages),
    'short thread': threadPath(ordinary),
    member: memberPath(String(author.username)),
    history: `/posts/${edited.id}/history`,
    settings: '/settings',
    sessions: '/settings/security',
    subscriptions: '/subscriptions',
    notifications: '/notifications',
    'new thread': '/threads/new',
    'feed of all threads': '/threads.atom',
    'feed of a city': `${inCity}.atom`,
    'feed of a crossing': `${crossed}.atom`,
    'feed of the largest thread': `${threadFeedPath(largest)}.atom`,
    'feed of a member': `${memberPath(String(author.username))}.atom`,
  }
}

const addressOf = ({ id, slug, last_number: lastNumber }: Record<string, unknown>) => ({
  id: Number(id),
  slug: String(slug),
  lastNumber: Number(lastNumber),
})
