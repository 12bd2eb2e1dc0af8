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

/** What a feed is about, and where its posts come from. */
export interface FeedSource {
  /** The path of the feed, without its ending. */
  path: string
  /** The path of the page whose feed it is. */
  home: string
  /** The question of a search, as it stands in an address; absent: none. */
  query?: string
  title: string
  description: string
  /** Whether an entry stands for a thread, with its opening post, or for a post. */
  entries: 'threads' | 'posts'
}

/** Where the posts of a feed come from, and what outdates them. */
export interface PostsOfFeed {
  posts: () => Promise<FeedPost[]>
  tags: CacheTag[]
}

/** The posts of a feed, as they are kept: the same in each language, in each format and for each host. */
interface KeptPosts {
  posts: FeedPost[]
  /** Whether the feed stays the same until an event; else `Last-Modified` would say nothing. */
  lasts: boolean
  /** What was made of them, by format and language. */
  written: Map<string, WrittenFeed>
}

interface WrittenFeed {
  /** In whole seconds since 1970, when this format was first written in this language: another language has another. */
  second: number
  /** For the forum's own address; null: it was asked for at others only. */
  text: string | null
}

const KEPT = {
  largest: 16 * 1_024 * 1_024,
  // With what is made of them, in two formats.
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
    const found = await kept.getOrCompute(source.path, source.tags, async () => ({
      ...unwritten(await source.posts()),
      lasts: true,
    }))
    return answerFeed(forum, request, reply, format, source, found)
  }
}

/** Posts of which no feed has been made yet. */
export const unwritten = (posts: FeedPost[]): KeptPosts => ({ posts, lasts: false, written: new Map() })

/** Answers a feed of some posts, or that it is known already. */
export async function answerFeed(
  forum: Forum,
  request: FastifyRequest,
  reply: FastifyReply,
  format: Format,
  source: FeedSource,
  found: KeptPosts,
): Promise<FastifyReply> {
  const { text, at } = await written(forum, request, format, source, found)
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22)
  reply
    .header('etag', `W/"${hash}"`)
    .header('last-modified', at.toUTCString())
    .header('cache-control', request.member ? 'private, no-cache' : 'no-cache')
    .header('vary', 'accept-encoding, accept-language, cookie')
    // What is to be found there stands on its pages, which say whether they want to be.
    .header('x-robots-tag', 'noindex')
  if (isKnown(request.headers, hash, found.lasts ? at : null)) return reply.code(304).send()
  return reply.type(`${FORMATS[format].media}; charset=utf-8`).send(text)
}

async function written(
  forum: Forum,
  request: FastifyRequest,
  format: Format,
  source: FeedSource,
  found: KeptPosts,
): Promise<{ text: string; at: Date }> {
  const { page } = request
  const origin = originFor(request, forum.config.origin)
  const [catalogue, authority] = await Promise.all([boardCatalogue(forum), tagAuthority(forum)])
  const write = () => FORMATS[format].write(feedFor(page, origin, source, found.posts, catalogue, authority))
  const name = `${format} ${page.language}`
  const known = found.written.get(name)
  const second = known?.second ?? freeSecond(found.written)
  // Anybody can name any number of other hosts: feeds for these are not kept.
  const isOwnAddress = origin === forum.config.origin
  const text = (isOwnAddress && known?.text) || (await write())
  found.written.set(name, { second, text: isOwnAddress ? text : (known?.text ?? null) })
  return { text, at: new Date(second * 1_000) }
}

/** The last second that no other language has, because `If-Modified-Since` must tell languages apart. */
function freeSecond(written: ReadonlyMap<string, WrittenFeed>): number {
  const taken = new Set([...written.values()].map(({ second }) => second))
  let second = Math.floor(Date.now() / 1_000)
  while (taken.has(second)) second -= 1
  return second
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
 * Whether somebody has it already (RFC 9110, 13.2.2): by its tag, or else by the very moment that they were told. A later one
 * may be that of another language.
 */
function isKnown(headers: IncomingHttpHeaders, hash: string, at: Date | null): boolean {
  const tags = headerText(headers['if-none-match'])
  if (tags !== undefined) return tags === '*' || tags.includes(`"${hash}"`)
  return at !== null && headers['if-modified-since'] === at.toUTCString()
}
