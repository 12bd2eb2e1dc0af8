/** A feed for both formats. All its addresses are absolute. */
export interface Feed {
  id: string
  title: string
  description: string
  language: string
  /** The page to which the feed belongs. */
  home: string
  /** The address of the feed in a format. */
  addressIn(ending: 'atom' | 'json'): string
  updated: Date
  /** Newest first. */
  entries: FeedEntry[]
}

export interface FeedEntry {
  id: string
  title: string
  address: string
  language: string
  /** A former member has no address. */
  author: { name: string; address: string | null }
  html: string
  published: Date
  updated: Date
  boards: { slug: string; name: string }[]
}
