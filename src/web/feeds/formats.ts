import { Type } from 'typebox'
import { printable } from '../../platform/text/printable.ts'
import type { Feed } from './feed.ts'

const ATOM = 'application/atom+xml'
const JSON_FEED = 'application/feed+json'

/** Loads on the first request for a feed, because the library takes a third of the start time. */
const library = () => import('feedsmith')

/** A feed as Atom (RFC 4287). */
async function asAtom(feed: Feed): Promise<string> {
  const { generateAtomFeed } = await library()
  const links = [
    { rel: 'self', type: ATOM, href: feed.addressIn('atom') },
    { rel: 'alternate', type: 'text/html', href: feed.home },
    { rel: 'alternate', type: JSON_FEED, href: feed.addressIn('json') },
  ]
  return generateAtomFeed({
    id: feed.id,
    title: { type: 'text', value: printable(feed.title) },
    subtitle: { type: 'text', value: printable(feed.description) },
    updated: feed.updated,
    xml: { lang: feed.language },
    links,
    entries: feed.entries.map((entry) => ({
      id: entry.id,
      title: { type: 'text', value: printable(entry.title) },
      xml: { lang: entry.language },
      links: [{ rel: 'alternate', type: 'text/html', href: entry.address }],
      authors: [{ name: entry.author.name, ...(entry.author.address === null ? {} : { uri: entry.author.address }) }],
      categories: entry.boards.map(({ slug, name }) => ({ term: slug, label: name })),
      published: entry.published,
      updated: entry.updated,
      content: { type: 'html', value: printable(entry.html) },
    })),
  })
}

/** A feed as JSON Feed 1.1. */
async function asJson(feed: Feed): Promise<string> {
  const { generateJsonFeed } = await library()
  const written: object = Object(
    generateJsonFeed({
      title: feed.title,
      description: feed.description,
      language: feed.language,
      home_page_url: feed.home,
      feed_url: feed.addressIn('json'),
      items: feed.entries.map((entry) => ({
        id: entry.id,
        url: entry.address,
        title: entry.title,
        language: entry.language,
        authors: [{ name: entry.author.name, ...(entry.author.address === null ? {} : { url: entry.author.address }) }],
        tags: entry.boards.map(({ name }) => name),
        date_published: entry.published,
        date_modified: entry.updated,
        content_html: entry.html,
      })),
    }),
  )
  // The library drops an empty `items`, but feed readers require the field.
  return JSON.stringify({ ...written, ...(feed.entries.length === 0 ? { items: [] } : {}) })
}

const Item = Type.Object(
  {
    id: Type.String(),
    url: Type.String(),
    title: Type.String(),
    language: Type.String(),
    authors: Type.Array(Type.Object({ name: Type.String(), url: Type.Optional(Type.String()) })),
    tags: Type.Optional(Type.Array(Type.String())),
    date_published: Type.String(),
    date_modified: Type.String(),
    content_html: Type.String(),
  },
  { additionalProperties: false },
)

/** https://www.jsonfeed.org/version/1.1/ */
const JsonFeed = Type.Object(
  {
    version: Type.Literal('https://jsonfeed.org/version/1.1'),
    title: Type.String(),
    description: Type.Optional(Type.String()),
    language: Type.String(),
    home_page_url: Type.String(),
    feed_url: Type.String(),
    items: Type.Array(Item),
  },
  { additionalProperties: false },
)

/** The formats by the ending of their address. */
export const FORMATS = {
  atom: {
    write: asAtom,
    media: ATOM,
    answer: { description: 'A feed', content: { [ATOM]: { schema: Type.String() } } },
  },
  json: {
    write: asJson,
    media: JSON_FEED,
    answer: { description: 'A feed', content: { [JSON_FEED]: { schema: JsonFeed } } },
  },
} as const

export type Format = keyof typeof FORMATS
