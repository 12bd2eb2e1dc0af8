import type { CacheTag } from '../forum/events.ts'
import type { KeptAt } from '../platform/http/kept/keep-pages.ts'

/** The tags of the pinned threads on a page. */
export const pinnedTags = (threads: readonly { id: number; pinned?: boolean }[]): CacheTag[] =>
  threads.filter(({ pinned }) => pinned).map(({ id }): CacheTag => `thread:${id}`)

/** The key and the tags of a kept page. A misspelt tag would keep the page for ever, so the type checks tags. */
export const keptAt = (path: string, ...tags: CacheTag[]): KeptAt => ({ path, tags })
