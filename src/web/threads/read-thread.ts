import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { threadPage } from '../../../views/threads/thread-page.ts'
import { withdrawnPage } from '../../../views/threads/withdrawn-page.ts'
import { findOwnThread, MergedAway } from '../../forum/discussion/find-thread.ts'
import { openThreadPages } from '../../forum/discussion/kept-threads.ts'
import { movedPlace } from '../../forum/discussion/moved-posts.ts'
import { postByNumber } from '../../forum/discussion/post-in-thread.ts'
import { firstNumberOf, participants } from '../../forum/discussion/post-queries.ts'
import { readThreadPage, readWithdrawnThread } from '../../forum/discussion/thread-page.ts'
import type { Thread } from '../../forum/discussion/thread-queries.ts'
import { openReaders } from '../../forum/following/reader-of-thread.ts'
import type { Forum } from '../../forum/forum.ts'
import { type Actor, maySeeThread } from '../../forum/members/permissions.ts'
import { numberedPostsPath, postPath, type ThreadAddress, threadPath } from '../../paths.ts'
import { found, htmlPage, json, moved } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { countAsRead } from '../following/count-pages-as-read.ts'
import { keptAt } from '../kept-at.ts'
import { signedIn } from '../members/recognise-members.ts'
import { Id, PageNumber, PostNumber, Slug } from '../shapes.ts'
import { emptyReply } from './empty-reply.ts'
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

/** The pages of a thread, and the links to its posts. */
export function readThreadRoutes(app: App, forum: Forum): void {
  const { database } = forum
  const pageOf = openThreadPages(forum)
  const readerOf = openReaders(database)

  app.get('/threads/:id/:slug', { schema: ReadThread, config: { sharedPage: true } }, async (request, reply) => {
    const { page = 1, reply_to: replyTo, quote } = request.query
    const { id, slug } = request.params
    const { member } = request
    const answers = member && (replyTo ?? quote)
    const [kept, reader, answered] = await Promise.all([
      pageOf(id, page),
      member && readerOf({ thread: id, member: member.id, page }),
      answers ? postByNumber(database, id, answers) : null,
    ])
    const { thread } = kept
    if (thread.mergedInto !== null) throw new MergedAway(thread.mergedInto)
    if (!maySeeThread(member, thread)) {
      const withdrawn = await readWithdrawnThread(forum, kept, member)
      if (withdrawn) return reply.html(withdrawnPage(request.page, withdrawn))
      return reply.redirect(postPath(addressFor(member, thread), await ownWordsIn(thread, member)), 303)
    }
    if (thread.slug !== slug) return reply.redirect(withQuery(threadPath(thread), request), 301)

    request.keptAt = keptAt(threadPath(thread, page), `thread:${thread.id}`)
    const shown = await readThreadPage(forum, kept, page, member)
    const isNews = member && (member.unread > 0 || (reader?.readNumber ?? 0) < shown.upTo)
    if (isNews) countAsRead(forum, request, reply, { thread: thread.id, upTo: shown.upTo })
    return reply.html(
      threadPage(request.page, {
        ...shown,
        posts: shown.posts.map((post) => ({
          ...post,
          isMuted: reader?.muted?.includes(String(post.authorId)) ?? false,
          isUseful: reader?.useful?.includes(post.number) ?? false,
          isBookmarked: reader?.bookmarked?.includes(post.number) ?? false,
        })),
        muted: reader?.muted ?? [],
        firstUnread: reader?.unread?.[1] ?? null,
        level: reader?.level ?? 'none',
        reply: shown.mayReply ? emptyReply(thread, answered, quote !== undefined) : null,
      }),
    )
  })

  app.get(
    '/threads/:id',
    { schema: { params: Type.Object({ id: Id }), response: { 301: moved } } },
    async (request, reply) => {
      const thread = await findOwnThread(forum, request.params.id, request.member)
      return reply.redirect(withQuery(threadPath(addressFor(request.member, thread)), request), 301)
    },
  )

  const authors = { params: Type.Object({ id: Id }), response: { 200: json(Authors), 301: moved } }
  const participating = { schema: authors, preValidation: signedIn, preHandler: seesThread(forum) }
  app.get('/threads/:id/posts/authors', participating, async (request) => {
    return { names: await participants(database, threadOf(request).id) }
  })

  const schema = { params: Type.Object({ id: Id, number: PostNumber }), response: { 301: moved, 302: found } }
  app.get('/threads/:id/posts/:number', { schema }, async (request, reply) => {
    const { id, number } = request.params
    const place = await movedPlace(database, id, number)
    if (place) return reply.redirect(`${numberedPostsPath({ id: place.thread })}${place.number}`, 302)
    const thread = await findOwnThread(forum, id, request.member)
    if (number > thread.lastNumber) throw notFound('posts.not_found', { path: threadPath(thread), title: thread.title })
    return reply.redirect(postPath(addressFor(request.member, thread), number), 302)
  })

  /** The first post of a member in a hidden thread. @throws Problem 404 when they have none there. */
  async function ownWordsIn(thread: Thread, member: Actor | null): Promise<number> {
    const first = member && thread.removedAt ? await firstNumberOf(database, thread.id, member.id) : null
    if (first === null) throw notFound('threads.not_found')
    return first
  }
}

/** The address of a hidden thread. Contains the title only for the member who started it. */
const addressFor = (member: Actor | null, thread: Thread): ThreadAddress =>
  maySeeThread(member, thread) || thread.authorId === member?.id ? thread : { id: thread.id, slug: '-' }

function withQuery(path: string, request: FastifyRequest): string {
  const start = request.url.indexOf('?')
  return start < 0 ? path : path + request.url.slice(start)
}
