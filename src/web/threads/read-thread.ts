import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { PostRights } from '../../../views/threads/post-actions.ts'
import { threadPage } from '../../../views/threads/thread-page.ts'
import { withdrawnPage } from '../../../views/threads/withdrawn-page.ts'
import { boardCatalogue, boardsOf } from '../../forum/boards/catalogue.ts'
import { findOwnThread } from '../../forum/discussion/find-thread.ts'
import {
  firstNumberOf,
  participants,
  postByNumber,
  removedWords,
  type ShownPost,
  type StandingShown,
} from '../../forum/discussion/post-queries.ts'
import type { Thread } from '../../forum/discussion/thread-queries.ts'
import { readerOf } from '../../forum/following/reader-of-thread.ts'
import type { Forum } from '../../forum/forum.ts'
import { type Actor, mayModerate, mayReply, maySeeThread, rightsOver } from '../../forum/members/permissions.ts'
import { POSTS_PER_PAGE, pageOfNumber, postPath, type ThreadAddress, threadPath } from '../../paths.ts'
import { found, htmlPage, json, moved } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { countAsRead } from '../following/count-pages-as-read.ts'
import { keptAt } from '../kept-at.ts'
import { signedIn } from '../members/recognise-members.ts'
import { Id, PageNumber, PostNumber, Slug } from '../shapes.ts'
import { emptyReply } from './empty-reply.ts'
import { openThreadPages, type PageOfThread } from './kept-threads.ts'
import { seesThread, threadOf } from './thread-in-address.ts'

const ReadThread = {
  params: Type.Object({ id: Id, slug: Slug }),
  querystring: Type.Object({
    page: Type.Optional(PageNumber),
    reply_to: Type.Optional(PostNumber),
    quote: Type.Optional(PostNumber),
  }),
  response: { 200: htmlPage, 301: moved },
}

const Authors = Type.Object({ names: Type.Array(Type.String()) })

/** Reading a thread page by page, and the links that lead to its posts. */
export function readThreadRoutes(app: App, forum: Forum): void {
  const { database } = forum
  const pageOf = openThreadPages(forum)

  app.get('/threads/:id/:slug', { schema: ReadThread, config: { sharedPage: true } }, async (request, reply) => {
    const { page = 1, reply_to: replyTo, quote } = request.query
    const { id, slug } = request.params
    const { member } = request
    const answers = member && (replyTo ?? quote)
    const [catalogue, shown, reader, answered] = await Promise.all([
      boardCatalogue(forum),
      pageOf(id, page),
      member && readerOf(database, id, member.id),
      answers ? postByNumber(database, id, answers) : null,
    ])
    const { thread, posts } = shown
    if (!maySeeThread(member, thread)) {
      const first = await withdrawnFor(request, thread)
      if (!posts.some(({ authorId }) => authorId === member?.id))
        return reply.redirect(postPath(addressFor(member, thread), first), 303)
      return reply.html(await withdrawn(request, shown))
    }
    if (thread.slug !== slug) return reply.redirect(withQuery(threadPath(thread), request), 301)
    const pages = pageOfNumber(thread.lastNumber)

    request.keptAt = keptAt(threadPath(thread, page), `thread:${thread.id}`)
    const upTo = Math.min(POSTS_PER_PAGE * page, thread.lastNumber)
    const isNews = member && (member.unread > 0 || (reader?.readNumber ?? 0) < upTo)
    if (isNews) countAsRead(forum, request, reply, { thread: thread.id, upTo })
    const rights = posts.map((post) => member && rightsOver(member, post, thread))
    const removed = await removedFor(posts, rights)
    const view = {
      thread,
      boards: boardsOf(catalogue, thread),
      page,
      pages,
      posts: posts.map((post, index) => ({
        ...post,
        rights: rights[index] ?? null,
        removed: removed.get(post.id) ?? null,
      })),
      description: posts.find(isStanding)?.excerpt ?? '',
      firstUnread: reader?.unread?.[1] ?? null,
      level: reader?.level ?? 'none',
      reply: mayReply(member, thread) ? emptyReply(thread, answered, quote !== undefined) : null,
      mayModerate: mayModerate(member),
    }
    return reply.html(threadPage(request.page, view))
  })

  app.get(
    '/threads/:id',
    { schema: { params: Type.Object({ id: Id }), response: { 301: moved } } },
    async (request, reply) => {
      const thread = await findOwnThread(forum, request.params.id, request.member)
      return reply.redirect(withQuery(threadPath(addressFor(request.member, thread)), request), 301)
    },
  )

  const authors = { params: Type.Object({ id: Id }), response: { 200: json(Authors) } }
  const participating = { schema: authors, preValidation: signedIn, preHandler: seesThread(forum) }
  app.get('/threads/:id/posts/authors', participating, async (request) => {
    return { names: await participants(database, threadOf(request).id) }
  })

  const schema = { params: Type.Object({ id: Id, number: PostNumber }), response: { 302: found } }
  app.get('/threads/:id/posts/:number', { schema }, async (request, reply) => {
    const { id, number } = request.params
    const thread = await findOwnThread(forum, id, request.member)
    if (number > thread.lastNumber) throw notFound('posts.not_found', { path: threadPath(thread), title: thread.title })
    return reply.redirect(postPath(addressFor(request.member, thread), number), 302)
  })

  /** A thread that is out of sight shows to those who wrote in it what became of it; to others it is not there. */
  async function withdrawn({ member, page }: FastifyRequest, { thread, posts }: PageOfThread): Promise<Html> {
    const own = posts.filter(({ authorId }) => authorId === member?.id)
    if (!member || !thread.removedAt) throw notFound('threads.not_found')
    const rights = own.map((post) => rightsIn(thread, member, post))
    const removed = await removedFor(own, rights)
    const title = thread.authorId === member.id ? thread.title : null
    return withdrawnPage(page, {
      thread: { ...thread, title },
      removedAt: thread.removedAt,
      reason: title === null ? null : thread.removedReason,
      emptied: thread.emptied,
      posts: own.map((post, index) => ({
        ...post,
        rights: rights[index] ?? null,
        removed: removed.get(post.id) ?? null,
      })),
    })
  }

  /** What removed posts said, for a reader who may still read it. */
  async function removedFor(posts: readonly ShownPost[], rights: readonly (PostRights | null)[]) {
    const ids = posts.filter((_post, index) => rights[index]?.read).map(({ id }) => id)
    const words = ids.length > 0 ? await removedWords(database, ids) : []
    return new Map(words.map((one) => [one.id, one]))
  }

  /** Where in a thread that is out of sight a member's own words begin. @throws Problem 404 for who has none there. */
  async function withdrawnFor({ member }: FastifyRequest, thread: Thread): Promise<number> {
    const first = member && thread.removedAt ? await firstNumberOf(database, thread.id, member.id) : null
    if (first === null) throw notFound('threads.not_found')
    return first
  }
}

/** In a thread that moderators removed, nobody else does anything; what they wrote stays theirs to read. */
function rightsIn(thread: Thread, member: Actor, post: ShownPost): PostRights {
  const rights = rightsOver(member, post, thread)
  if (thread.emptied) return rights
  return { reply: false, edit: false, delete: false, remove: false, restore: false, read: rights.read }
}

/** Of a thread that is out of sight, only who has started it is told the title, which its address has in it. */
const addressFor = (member: Actor | null, thread: Thread): ThreadAddress =>
  maySeeThread(member, thread) || thread.authorId === member?.id ? thread : { id: thread.id, slug: '-' }

const isStanding = (post: ShownPost): post is StandingShown => post.deletedAt === null

function withQuery(path: string, request: FastifyRequest): string {
  const start = request.url.indexOf('?')
  return start < 0 ? path : path + request.url.slice(start)
}
