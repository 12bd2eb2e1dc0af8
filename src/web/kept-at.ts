import type { CacheTag } from '../forum/events.ts'
import type { KeptAt } from '../platform/http/kept/keep-pages.ts'

/** What outdates the lines of threads that stand first on a page, wherever they are. */
export const pinnedTags = (threads: readonly { id: number; pinned?: boolean }[]): CacheTag[] =>
  threads.filter(({ pinned }) => pinned).map(({ id }): CacheTag => `thread:${id}`)

/** Where a page is kept, and what outdates it. A misspelt tag would keep it for ever, so tags are checked by their type. */
export const keptAt = (path: string, ...tags: CacheTag[]): KeptAt => ({ path, tags })
