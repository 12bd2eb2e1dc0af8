/** The addresses of pages, for routes and views alike. People keep links: an address never changes its meaning. */

/** Posts on one page of a thread. */
export const POSTS_PER_PAGE = 20

export interface ThreadAddress {
  id: number
  slug: string
}

export interface BoardAddress {
  kind: 'city' | 'technology'
  slug: string
}

/** The page of a thread on which a number stands: pages are ranges of numbers, so links never move. */
export const pageOfNumber = (number: number): number => Math.max(1, Math.ceil(number / POSTS_PER_PAGE))

/** A page of a thread; the first has no number. */
export function threadPath({ id, slug }: ThreadAddress, page = 1): string {
  return `/threads/${id}/${encodeURIComponent(slug)}${page > 1 ? `?page=${page}` : ''}`
}

/** The feed of a thread, without the ending of its format; those of other pages are at the path of the page itself. */
export const threadFeedPath = ({ id }: { id: number }): string => `/threads/${id}`

/** A post on its page. */
export function postPath(thread: ThreadAddress, number: number): string {
  return `${threadPath(thread, pageOfNumber(number))}#post-${number}`
}

/** A post by its number alone, wherever its page is by then: the number goes behind it. */
export const numberedPostsPath = ({ id }: { id: number }): string => `/threads/${id}/posts/`

/** A page of its own for a post that is too long for its thread's page. */
export const wholePostPath = ({ id }: ThreadAddress, number: number): string => `/threads/${id}/posts/${number}/whole`

/** The page of a post with the form below it, ready to answer that post or to quote it. */
export function answerPath({ id, slug }: ThreadAddress, number: number, how: 'reply_to' | 'quote'): string {
  const page = pageOfNumber(number)
  return `/threads/${id}/${encodeURIComponent(slug)}?${page > 1 ? `page=${page}&` : ''}${how}=${number}#reply`
}

/** A city’s or a technology’s page. */
export function boardPath({ kind, slug }: BoardAddress): string {
  return `/${kind === 'city' ? 'cities' : 'technologies'}/${slug}`
}

/** The page where a city and a technology meet. */
export const crossingPath = (city: { slug: string }, technology: { slug: string }): string =>
  `/cities/${city.slug}/${technology.slug}`

/** The form for a new thread, with some boards chosen. */
export function newThreadPath(boards: readonly { slug: string }[]): string {
  const query = boards.map(({ slug }) => `board=${encodeURIComponent(slug)}`).join('&')
  return `/threads/new${query ? `?${query}` : ''}`
}

/** A member’s public profile. */
export const memberPath = (username: string): string => `/members/${encodeURIComponent(username)}`

/** The search, with whatever of its fields is filled in. */
export function searchPath(fields: Record<string, string>): string {
  const query = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== '')).toString()
  return query ? `/search?${query}` : '/search'
}
