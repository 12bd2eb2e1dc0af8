import { Type } from 'typebox'
import { findBoard, findCrossing } from '../../forum/boards/find-board.ts'
import { findThread } from '../../forum/discussion/find-thread.ts'
import {
  lastPostsBy,
  lastPostsInThread,
  newThreads,
  newThreadsInBoard,
  newThreadsInCrossing,
} from '../../forum/feeds/feed-posts.ts'
import type { Forum } from '../../forum/forum.ts'
import { publicProfile } from '../../forum/members/queries.ts'
import { boardPath, crossingPath, memberPath, threadFeedPath, threadPath } from '../../paths.ts'
import { moved, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { worded, wordedSentence } from '../../platform/text/i18n/worded.ts'
import { atPresentAddress } from '../boards/present-address.ts'
import type { Ask } from '../search/asking.ts'
import { Id, Slug } from '../shapes.ts'
import { type AnswerFeed, openFeedAnswers } from './answer-feed.ts'
import { FORMATS, type Format } from './formats.ts'
import { opmlRoute } from './opml.ts'
import { searchFeed } from './search-feed.ts'

/** Feed readers ask often and for every list, so a replica answers. */
const FEED = { config: { mayLag: true } }

/** The feeds. A list's feed has threads; the feed of a thread or a member has posts. */
export function feedRoutes(app: App, forum: Forum, ask: Ask): void {
  const answer = openFeedAnswers(forum)
  for (const format of ['atom', 'json'] as const) {
    boardFeeds(app, forum, format, answer)
    postFeeds(app, forum, format, answer)
    searchFeed(app, forum, format, ask)
  }
  opmlRoute(app, forum)
}

const answers = (format: Format) => ({ 200: FORMATS[format].answer, 304: nothing })

/** The feeds of threads. A reply adds no thread, so the tags are those of the counts of threads. */
function boardFeeds(app: App, forum: Forum, format: Format, answer: AnswerFeed): void {
  const { database } = forum
  const response = answers(format)
  const ofBoard = { ...response, 301: moved }
  const preHandler = atPresentAddress(forum)

  app.get(`/threads.${format}`, { ...FEED, schema: { response } }, async (request, reply) => {
    const { t } = request.page
    return answer(request, reply, format, {
      path: '/threads',
      home: '/threads',
      title: t('threads.latest'),
      description: t('feeds.threads'),
      entries: 'threads',
      posts: () => newThreads(database),
      tags: ['counts'],
    })
  })

  for (const [kind, path] of [
    ['city', '/cities'],
    ['technology', '/technologies'],
  ] as const) {
    const schema = { params: Type.Object({ slug: Slug }), response: ofBoard }
    app.get(`${path}/:slug.${format}`, { ...FEED, schema, preHandler }, async (request, reply) => {
      const board = await findBoard(forum, kind, request.params.slug)
      const { t, language } = request.page
      const name = worded(board.name, language)
      return answer(request, reply, format, {
        path: boardPath(board),
        home: boardPath(board),
        title: name,
        description: wordedSentence(board.summary, language) || t('boards.city_summary', { name }),
        entries: 'threads',
        posts: () => newThreadsInBoard(database, board.id),
        tags: ['counts'],
      })
    })
  }

  const schema = { params: Type.Object({ slug: Slug, technology: Slug }), response: ofBoard }
  app.get(`/cities/:slug/:technology.${format}`, { ...FEED, schema, preHandler }, async (request, reply) => {
    const { city, technology } = await findCrossing(forum, request.params.slug, request.params.technology)
    const { t, language } = request.page
    const names = { city: worded(city.name, language), technology: worded(technology.name, language) }
    return answer(request, reply, format, {
      path: crossingPath(city, technology),
      home: crossingPath(city, technology),
      title: t('map.crossing', names),
      description: t('crossings.description', names),
      entries: 'threads',
      posts: () => newThreadsInCrossing(database, city.id, technology.id),
      tags: ['counts'],
    })
  })
}

function postFeeds(app: App, forum: Forum, format: Format, answer: AnswerFeed): void {
  const { database } = forum

  const ofThread = { params: Type.Object({ id: Id }), response: { ...answers(format), 301: moved } }
  app.get(`/threads/:id.${format}`, { ...FEED, schema: ofThread }, async (request, reply) => {
    // Reads as a visitor, so that a feed never holds what only moderators see.
    const thread = await findThread(forum, request.params.id, null)
    return answer(request, reply, format, {
      path: threadFeedPath(thread),
      home: threadPath(thread),
      title: thread.title,
      description: request.page.t('feeds.thread', { title: thread.title }),
      entries: 'posts',
      posts: () => lastPostsInThread(database, thread.id),
      tags: [`thread:${thread.id}`],
    })
  })

  const ofMember = {
    params: Type.Object({ username: Type.String({ maxLength: 200 }) }),
    response: { ...answers(format), 301: moved },
  }
  app.get(`/members/:username.${format}`, { ...FEED, schema: ofMember }, async (request, reply) => {
    const member = await publicProfile(database, request.params.username)
    if (!member) throw notFound('members.not_found')
    const { username } = member
    const path = memberPath(username)
    if (username !== request.params.username) return reply.redirect(`${path}.${format}`, 301)
    return answer(request, reply, format, {
      path,
      home: path,
      title: username,
      description: request.page.t('feeds.member', { name: username }),
      entries: 'posts',
      posts: () => lastPostsBy(database, member.id),
      tags: ['threads'],
    })
  })
}
