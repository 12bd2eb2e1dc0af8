/** A feed as both formats print it: all addresses are whole. */
export interface Feed {
  id: string
  title: string
  description: string
  language: string
  /** The page whose feed it is. */
  home: string
  /** The feed itself, by the ending of a format. */
  addressIn(ending: 'atom' | 'json'): string
  updated: Date
  /** The newest first. */
  entries: FeedEntry[]
}

export interface FeedEntry {
  id: string
  title: string
  address: string
  language: string
  /** Who has left has no address. */
  author: { name: string; address: string | null }
  html: string
  published: Date
  updated: Date
  boards: { slug: string; name: string }[]
}
