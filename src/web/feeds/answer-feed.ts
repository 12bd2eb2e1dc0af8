import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { entryTitle, feedEntry } from '../../../views/feeds/entry.ts'
import type { Page, Wording } from '../../../views/page.ts'
import { memberName } from '../../../views/parts/member-link.ts'
import { boardCatalogue, boardsOf, type Catalogue } from '../../forum/boards/catalogue.ts'
import type { CacheTag } from '../../forum/events.ts'
import type { FeedPost } from '../../forum/feeds/feed-posts.ts'
import { type TagAuthority, tagAuthority, tagOf } from '../../forum/feeds/tag-authority.ts'
import type { Forum } from '../../forum/forum.ts'
import { memberPath, postPath, threadPath } from '../../paths.ts'
import { Cache } from '../../platform/cache/cache.ts'
import { originFor } from '../../platform/http/asked-origin.ts'
import { headerText } from '../../platform/http/header-text.ts'
import { withAbsoluteLinks } from '../../platform/text/absolute-links.ts'
import { safeHtml } from '../../platform/text/html.ts'
import { worded } from '../../platform/text/i18n/worded.ts'
import type { Feed, FeedEntry } from './feed.ts'
import { FORMATS, type Format } from './formats.ts'

/** What a feed is about, and how to read its posts. */
export interface FeedSource {
  /** The path of the feed, without its ending. */
  path: string
  /** The path of the page whose feed it is. */
  home: string
  /** The query of a search, as in the address; absent for other feeds. */
  query?: string
  title: string
  description: string
  /** Whether an entry is a thread with its opening post, or a post. */
  entries: 'threads' | 'posts'
}

/** How to read the posts of a feed, and which tags outdate them. */
export interface PostsOfFeed {
  posts: () => Promise<FeedPost[]>
  tags: CacheTag[]
}

/** The posts of a feed in the cache. They are the same for each language, format and host. */
interface KeptPosts {
  posts: FeedPost[]
  /** The feeds written for the forum's own address, by format and language. */
  written: Map<string, WrittenFeed>
}

interface WrittenFeed {
  text: string
  /** When the newest post was written or changed. */
  updated: Date
}

const KEPT = {
  largest: 16 * 1_024 * 1_024,
  // Counts the posts and two written formats.
  sizeOf: ({ posts }: KeptPosts) =>
    5_000 + posts.reduce((size, post) => size + 6 * (post.bodyHtml?.length ?? 0) + 4_000, 0),
}

export type AnswerFeed = (
  request: FastifyRequest,
  reply: FastifyReply,
  format: Format,
  source: FeedSource & PostsOfFeed,
) => Promise<FastifyReply>

/** Answers feeds, and keeps their posts until an event outdates them. */
export function openFeedAnswers(forum: Forum): AnswerFeed {
  const kept = new Cache<KeptPosts, CacheTag>(forum.bus, KEPT)
  return async (request, reply, format, source) => {
    const found = await kept.getOrCompute(source.path, source.tags, async () => unwritten(await source.posts()))
    return answerFeed(forum, request, reply, format, source, found)
  }
}

/** Posts for which no feed is written yet. */
export const unwritten = (posts: FeedPost[]): KeptPosts => ({ posts, written: new Map() })

/** Answers a feed of these posts, or 304 when the reader has it already. */
export async function answerFeed(
  forum: Forum,
  request: FastifyRequest,
  reply: FastifyReply,
  format: Format,
  source: FeedSource,
  found: KeptPosts,
): Promise<FastifyReply> {
  const { text, updated } = await written(forum, request, format, source, found)
  const digest = createHash('sha256').update(text).digest()
  const hash = digest.toString('base64url').slice(0, 22)
  const at = momentOfItsOwn(updated, digest)
  reply
    .header('etag', `W/"${hash}"`)
    .header('last-modified', at.toUTCString())
    .header('cache-control', request.member ? 'private, no-cache' : 'no-cache')
    .header('vary', 'accept-encoding, accept-language, cookie')
    // Search engines index the pages, which say themselves whether they may. A feed is never indexed.
    .header('x-robots-tag', 'noindex')
  if (isKnown(request.headers, hash, at)) return reply.code(304).send()
  return reply.type(`${FORMATS[format].media}; charset=utf-8`).send(text)
}

async function written(
  forum: Forum,
  request: FastifyRequest,
  format: Format,
  source: FeedSource,
  found: KeptPosts,
): Promise<WrittenFeed> {
  const { page } = request
  const origin = originFor(request, forum.config.origin)
  const name = `${format} ${page.language}`
  // A visitor can send any `Host`, so feeds for other hosts would fill the cache.
  const isOwnAddress = origin === forum.config.origin
  const known = isOwnAddress ? found.written.get(name) : undefined
  if (known) return known
  const [catalogue, authority] = await Promise.all([boardCatalogue(forum), tagAuthority(forum)])
  const feed = feedFor(page, origin, source, found.posts, catalogue, authority)
  const made = { text: await FORMATS[format].write(feed), updated: feed.updated }
  if (isOwnAddress) found.written.set(name, made)
  return made
}

/** In seconds. */
const DAY = 86_400

/**
 * The `Last-Modified` of a text: its newest change, moved back by up to a day according to its digest. A different text
 * gets a different moment, so `If-Modified-Since` also notices another language and a removed post.
 */
function momentOfItsOwn(updated: Date, digest: Buffer): Date {
  const second = Math.floor(updated.getTime() / 1_000)
  return new Date((second - (digest.readUInt32BE() % DAY)) * 1_000)
}

function feedFor(
  page: Page,
  origin: string,
  { path, home, query = '', title, description, entries }: FeedSource,
  posts: readonly FeedPost[],
  catalogue: Catalogue,
  authority: TagAuthority,
): Feed {
  const shown = posts.map((post) => entryOf(page, origin, post, entries, catalogue, authority))
  const changed = shown.length > 0 ? shown.map(({ updated }) => updated.getTime()) : [Date.parse(authority.since)]
  return {
    id: tagOf(authority, `feeds${path}${query}`),
    title: `${title} · ${page.site.name}`,
    description,
    language: page.language,
    home: origin + home + query,
    addressIn: (ending) => `${origin}${path}.${ending}${query}`,
    updated: new Date(Math.max(...changed)),
    entries: shown,
  }
}

function entryOf(
  page: Wording,
  origin: string,
  post: FeedPost,
  entries: FeedSource['entries'],
  catalogue: Catalogue,
  authority: TagAuthority,
): FeedEntry {
  const { number, language, createdAt, editedAt } = post
  const thread = { id: post.thread, slug: post.slug }
  const bodyHtml = post.bodyHtml === null ? null : safeHtml(post.bodyHtml)
  const place = origin + postPath(thread, number)
  return {
    id: tagOf(authority, entries === 'threads' ? `threads/${post.thread}` : `posts/${post.id}`),
    title: entryTitle(page, post),
    address: entries === 'threads' ? origin + threadPath(thread) : place,
    language,
    author: { name: memberName(page, post.author), address: post.author && origin + memberPath(post.author) },
    html: withAbsoluteLinks(feedEntry(page, thread, { ...post, bodyHtml }).toString(), place),
    published: createdAt,
    updated: editedAt ?? createdAt,
    boards: boardsOf(catalogue, post).map(({ slug, name }) => ({ slug, name: worded(name, page.language) })),
  }
}

/**
 * Whether the reader has this text already (RFC 9110, 13.2.2): by its tag, or else by exactly the moment that it was
 * sent. A later moment belongs to another text.
 */
function isKnown(headers: IncomingHttpHeaders, hash: string, at: Date): boolean {
  const tags = headerText(headers['if-none-match'])
  if (tags !== undefined) return tags === '*' || tags.includes(`"${hash}"`)
  return headers['if-modified-since'] === at.toUTCString()
}
