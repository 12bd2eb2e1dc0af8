import { RETENTION } from '../../../src/forum/retention.ts'
import { apiDocsPage } from '../../../views/api/docs-page.ts'
import { boardPage } from '../../../views/boards/board-page.ts'
import { boardsPage } from '../../../views/boards/boards-page.ts'
import { crossingPage } from '../../../views/boards/crossing-page.ts'
import { homePage } from '../../../views/boards/home-page.ts'
import { unsubscribePage } from '../../../views/digests/unsubscribe-page.ts'
import { draftsPage } from '../../../views/drafts/drafts-page.ts'
import { keptFormPage } from '../../../views/errors/kept-form-page.ts'
import { problemPage } from '../../../views/errors/problem-page.ts'
import { bookmarksPage } from '../../../views/following/bookmarks-page.ts'
import { subscriptionsPage } from '../../../views/following/subscriptions-page.ts'
import { keysPage } from '../../../views/keys/keys-page.ts'
import { notificationsPage } from '../../../views/notices/notifications-page.ts'
import { offlinePage } from '../../../views/offline/offline-page.ts'
import { privacyPage } from '../../../views/privacy/privacy-page.ts'
import { searchPage } from '../../../views/search/search-page.ts'
import { stylePage } from '../../../views/style/style-page.ts'
import { textPage } from '../../../views/texts/text-page.ts'
import { board, fields, lines, MOMENT, type Pages, TRUSTED_HTML, thread } from './samples.ts'

export const READING_PAGES: Pages = {
  bookmarksPage: (page, text) =>
    bookmarksPage(page, {
      bookmarks: [
        {
          ...{ id: 5, note: text, at: MOMENT },
          shown: { number: 21, author: text, excerpt: text, language: text, thread: thread(text) },
        },
        { id: 6, note: text, at: MOMENT, shown: null },
      ],
      older: null,
      next: text,
    }),
  draftsPage: (page) => draftsPage(page),
  keysPage: (page) => keysPage(page),
  offlinePage: (page) => offlinePage(page),
  privacyPage: (page, text) => privacyPage(page, { kept: RETENTION, text: { html: TRUSTED_HTML, language: text } }),
  boardPage: (page, text) =>
    boardPage(page, {
      board: { ...board('city', text), archived: true },
      crossed: crossed(text),
      threads: lines(text),
      order: 'new',
      unread: 3,
      level: 'following',
      older: { cursor: text, moment: MOMENT },
      next: text,
    }),
  boardsPage: (page, text) =>
    boardsPage(page, 'technology', [{ ...board('technology', text), threadCount: 3, crossed: crossed(text) }]),
  crossingPage: (page, text) =>
    crossingPage(page, {
      city: { ...board('city', text), archived: false },
      technology: { ...board('technology', text), archived: false },
      note: { fr: text },
      level: 'muted',
      threads: lines(text),
      older: { cursor: text },
      next: text,
    }),
  homePage: (page, text) =>
    homePage(page, {
      map: {
        cities: [board('city', text)],
        technologies: [board('technology', text)],
        followed: [1],
        cell: () => ({ threadCount: 3, activeAt: MOMENT }),
        made: new Map(),
      },
      liveliest: lines(text),
      newest: lines(text),
    }),
  keptFormPage: (page, text) => keptFormPage(page, { action: '/threads', fields: fields(text), from: '/' }),
  problemPage: (page, text) =>
    problemPage(page, {
      status: 500,
      title: text,
      kept: { action: '/threads', fields: fields(text) },
      onlyToCopy: false,
      instead: { path: '/threads/1/x', title: text },
      reference: text,
    }),
  subscriptionsPage: (page, text) =>
    subscriptionsPage(page, {
      boards: [{ board: board('city', text), level: 'watching' }],
      crossings: [{ city: board('city', text), technology: board('technology', text), level: 'muted' }],
      searches: [text],
      threads: [{ ...thread(text), level: 'following' }],
      next: text,
      automatic: { started: 'watching', replied: 'none' },
      saved: true,
    }),
  notificationsPage: (page, text) =>
    notificationsPage(page, {
      paused: true,
      moreUnread: true,
      unread: NOTIFICATION_KINDS.map((kind) => notification(kind, text)),
      read: [],
      account: [{ id: 1, occasion: 'factor_on', reason: text, path: '/settings', at: MOMENT, readAt: null }],
      next: text,
    }),
  unsubscribePage: (page, text) =>
    unsubscribePage(page, { token: text, kind: 'digest', state: 'stopped', before: text, isWeekly: false }),
  apiDocsPage: (page, text) =>
    apiDocsPage(page, {
      paths: { [text]: { get: operation(text) } },
      components: { schemas: { Post: { properties: { [text]: { anyOf: [described(text), { items: {} }] } } } } },
    }),
  textPage: (page, text) =>
    textPage(page, { name: 'legal', text: { html: TRUSTED_HTML, language: text }, administers: true }),
  stylePage: (page) => stylePage(page),
  searchPage: (page, text) =>
    searchPage(page, {
      form: {
        ...{ q: text, board: text, author: text, after: text, before: text, place: text, lang: text, has: text },
        order: 'best',
        thread: thread(text),
        cities: [board('city', text)],
        technologies: [board('technology', text)],
      },
      found: {
        hits: (['thread', 'post'] as const).map((kind) => ({
          ...{ kind, id: 5, number: 21, thread: thread(text), language: text, author: text, postedAt: MOMENT },
          title: pieces(text),
          excerpt: pieces(text),
          boards: [board('city', text)],
          ofThread: 12,
        })),
        next: text,
        count: 1_234,
        about: true,
      },
      follow: { query: text, follows: true },
      order: 'best',
      further: true,
      nobody: null,
      notYet: null,
      misunderstood: [true, false].map((asWords) => ({ field: 'author', value: text, asWords })),
      cut: true,
      unreadable: true,
      leftOut: [text],
      correction: { words: [text], query: text },
      boards: [board('city', text)],
      members: [text],
      tooSlow: false,
      asksNothing: false,
    }),
}

const described = (text: string) => ({ type: [text], format: text, description: text })
const operation = (text: string) => ({
  operationId: 'read',
  summary: text,
  tags: [text],
  security: [{}, { token: [text] }],
  parameters: [{ name: text, in: text, required: true, description: text, schema: { enum: [text] } }],
  requestBody: { content: { json: { schema: { $ref: `#/components/schemas/${text}` } } } },
  responses: { [text]: { description: text } },
})
const pieces = (text: string) => [true, false].map((marked) => ({ text, marked }))
const NOTIFICATION_KINDS = ['answer', 'mention', 'reply', 'thread', 'moderated'] as const
const notification = (kind: (typeof NOTIFICATION_KINDS)[number], text: string) => ({
  ids: [1],
  kind,
  thread: thread(text),
  number: 2,
  board: kind === 'thread' ? board('city', text) : null,
  technology: null,
  count: 1,
  at: MOMENT,
  author: text,
  excerpt: text,
  excerptLanguage: text,
  gone: kind === 'moderated',
})
const crossed = (text: string) => [{ ...board('technology', text), threadCount: 3, note: { fr: text } }]
