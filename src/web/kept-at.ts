import type { CacheTag } from '../forum/events.ts'
import type { KeptAt } from '../platform/http/kept/keep-pages.ts'

/** Where a page is kept, and what outdates it. A misspelt tag would keep it for ever, so tags are checked by their type. */
export const keptAt = (path: string, ...tags: CacheTag[]): KeptAt => ({ path, tags })
