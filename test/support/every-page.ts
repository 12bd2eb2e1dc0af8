import { RETENTION } from '../../src/forum/retention.ts'
import { type Html, safeHtml } from '../../src/platform/text/html.ts'
import type { BoardForm } from '../../views/admin/board-fields.ts'
import { boardFormPage } from '../../views/admin/board-form-page.ts'
import { boardsAdminPage } from '../../views/admin/boards-admin-page.ts'
import { firstStepsPage } from '../../views/admin/first-steps-page.ts'
import { forumSettingsPage } from '../../views/admin/forum-settings-page.ts'
import { jobsAdminPage } from '../../views/admin/jobs-admin-page.ts'
import { membersAdminPage } from '../../views/admin/members-admin-page.ts'
import { outboxMailPage } from '../../views/admin/outbox-mail-page.ts'
import { outboxPage } from '../../views/admin/outbox-page.ts'
import { rescuePage } from '../../views/admin/rescue-page.ts'
import { statusPage } from '../../views/admin/status-page.ts'
import { apiDocsPage } from '../../views/api/docs-page.ts'
import { boardPage } from '../../views/boards/board-page.ts'
import { boardsPage } from '../../views/boards/boards-page.ts'
import { crossingPage } from '../../views/boards/crossing-page.ts'
import { homePage } from '../../views/boards/home-page.ts'
import { unsubscribePage } from '../../views/digests/unsubscribe-page.ts'
import { keptFormPage } from '../../views/errors/kept-form-page.ts'
import { problemPage } from '../../views/errors/problem-page.ts'
import { bookmarksPage } from '../../views/following/bookmarks-page.ts'
import { subscriptionsPage } from '../../views/following/subscriptions-page.ts'
import { keysPage } from '../../views/keys/keys-page.ts'
import { bannedPage } from '../../views/members/banned-page.ts'
import { codePage } from '../../views/members/code-page.ts'
import { loginPage } from '../../views/members/login-page.ts'
import { memberPage } from '../../views/members/member-page.ts'
import { passwordAgainPage } from '../../views/members/password-again-page.ts'
import { registerPage } from '../../views/members/register-page.ts'
import { securityPage } from '../../views/members/security-page.ts'
import { settingsPage } from '../../views/members/settings-page.ts'
import { appealPage } from '../../views/moderation/appeal-page.ts'
import { casePage } from '../../views/moderation/case-page.ts'
import { flagPage } from '../../views/moderation/flag-page.ts'
import { invitationsPage } from '../../views/moderation/invitations-page.ts'
import { logPage } from '../../views/moderation/log-page.ts'
import { movePostsPage } from '../../views/moderation/move-posts-page.ts'
import { noticePage } from '../../views/moderation/notice-page.ts'
import { queuePage } from '../../views/moderation/queue-page.ts'
import { reportPage } from '../../views/moderation/report-page.ts'
import { transparencyPage } from '../../views/moderation/transparency-page.ts'
import { notificationsPage } from '../../views/notices/notifications-page.ts'
import { offlinePage } from '../../views/offline/offline-page.ts'
import type { Page } from '../../views/page.ts'
import type { ThreadLine } from '../../views/parts/thread-list.ts'
import { privacyPage } from '../../views/privacy/privacy-page.ts'
import { searchPage } from '../../views/search/search-page.ts'
import { dataPage, exportPage, leftPage } from '../../views/settings/data-page.ts'
import { emailSettingsPage } from '../../views/settings/email-settings-page.ts'
import { askResetPage, confirmedPage, confirmPage, resetPage } from '../../views/settings/link-page.ts'
import { recoveryCodesPage } from '../../views/settings/recovery-codes-page.ts'
import { secondFactorOnPage, secondFactorPage } from '../../views/settings/second-factor-page.ts'
import { tokensPage } from '../../views/settings/tokens-page.ts'
import { webhookPage } from '../../views/settings/webhook-page.ts'
import { webhooksPage } from '../../views/settings/webhooks-page.ts'
import { textPage } from '../../views/texts/text-page.ts'
import { editPage } from '../../views/threads/edit-page.ts'
import { historyPage } from '../../views/threads/history-page.ts'
import { moveThreadPage } from '../../views/threads/move-thread-page.ts'
import { newThreadPage } from '../../views/threads/new-thread-page.ts'
import { replyPage } from '../../views/threads/reply-page.ts'
import { type ThreadPage, threadPage } from '../../views/threads/thread-page.ts'
import { threadsPage } from '../../views/threads/threads-page.ts'
import { wholePostPage } from '../../views/threads/whole-post-page.ts'
import { withdrawnPage } from '../../views/threads/withdrawn-page.ts'

const MOMENT = new Date('2026-03-12T14:05:00Z')
const QUEUED_MAIL = {
  ...{ id: 3, createdAt: MOMENT, nextTryAt: MOMENT, tries: 2, problem: null, canBeSent: true },
  kind: 'digest',
} as const
const STATUS_SAMPLE = {
  ...{ takenAt: MOMENT, databaseBytes: 3e7, freeBytes: 4e9, connections: 9 },
  ...{ jobsWaiting: 2, jobsFailed: 1, mailsWaiting: 3 },
}
const TRUSTED_HTML = safeHtml('<p>du <em>texte</em></p>')

const waiting = (packed: string) => ({ packed, typed: true, ended: false })

/** Every page of the forum, full, with the same text in every place that holds one. */
export const EVERY_PAGE: Record<string, (page: Page, text: string) => Html> = {
  loginPage: (page, text) =>
    loginPage(page, { username: text, next: text, kept: waiting(text), passkeys: true, messages: messages(text) }),
  registerPage: (page, text) =>
    registerPage(page, {
      username: text,
      next: text,
      setup: text,
      setupUsed: true,
      kept: waiting(text),
      ...{ asks: 'approval', reason: text, invitation: text, shown: text },
      email: text,
      city: text,
      cities: [board('city', text)],
      messages: messages(text),
    }),
  codePage: (page, text) => codePage(page, { next: text, kept: waiting(text), messages: messages(text) }),
  secondFactorPage: (page, text) =>
    secondFactorPage(page, { secret: text, pictureHtml: TRUSTED_HTML, asksPassword: true, messages: messages(text) }),
  secondFactorOnPage: (page, text) =>
    secondFactorOnPage(page, { switchedOnAt: MOMENT, codesLeft: 3, messages: messages(text) }),
  recoveryCodesPage: (page, text) => recoveryCodesPage(page, [text]),
  passwordAgainPage: (page, text) =>
    passwordAgainPage(page, { next: text, kept: waiting(text), messages: messages(text) }),
  dataPage: (page, text) =>
    dataPage(page, {
      archive: { state: 'ready', size: 300_000, until: MOMENT },
      daysKept: 7,
      daysToComeBack: 14,
      asksPassword: true,
      settings: text,
      posts: 'keep',
      messages: { ...messages(text), settings: text, posts: text, export_password: text },
    }),
  exportPage: (page) => exportPage(page, 'asked'),
  leftPage: (page) => leftPage(page, 14),
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
  keysPage: (page) => keysPage(page),
  offlinePage: (page) => offlinePage(page),
  privacyPage: (page, text) => privacyPage(page, { kept: RETENTION, text: { html: TRUSTED_HTML, language: text } }),
  rescuePage: (page, text) => rescuePage(page, { username: text, link: text }),
  memberPage: (page, text) =>
    memberPage(page, {
      username: text,
      role: 'admin',
      biography: text,
      listed: true,
      createdAt: MOMENT,
      shown: 'replies',
      boards: [board('city', text)],
      posts: [{ number: 21, excerpt: text, language: text, createdAt: MOMENT, thread: thread(text) }],
      muted: true,
      mayRescue: true,
      moderation: {
        maySanction: true,
        sanctions: [
          {
            kind: 'ban',
            reason: text,
            at: MOMENT,
            until: MOMENT,
            liftedAt: null,
            holds: true,
            byConsole: false,
            by: text,
          },
          {
            kind: 'silence',
            reason: text,
            at: MOMENT,
            until: null,
            liftedAt: MOMENT,
            holds: false,
            byConsole: false,
            by: null,
          },
        ],
        form: { reason: text, days: text, hours: text, messages: messages(text) },
      },
      older: { cursor: text },
      next: text,
    }),
  bannedPage: (page, text) => bannedPage(page, { reason: text, until: MOMENT }),
  logPage: (page, text) =>
    logPage(page, {
      mayUndo: true,
      acts: [
        {
          ...{
            id: 5,
            kind: 'hide',
            at: MOMENT,
            by: text,
            byConsole: false,
            member: text,
            hasMember: true,
            thread: thread(text),
            number: 21,
          },
          ...{ board: board('city', text), reason: text, before: { [text]: text }, after: { [text]: [text] } },
        },
      ],
      next: text,
      filters: { member: text, thread: text, kind: 'hide' },
    }),
  movePostsPage: (page, text) =>
    movePostsPage(page, {
      ...{ id: 5, thread: thread(text), posts: [post(text), deletedPost(text)], chosen: [21] },
      ...{ to: text, title: text, reason: text, messages: messages(text) },
    }),
  transparencyPage: (page) =>
    transparencyPage(page, [
      { month: MOMENT, acts: [{ kind: 'hide', count: 3 }], reasons: [{ reason: 'spam', count: 2 }] },
    ]),
  securityPage: (page, text) =>
    securityPage(page, {
      sessions: [true, false].map((current) => ({
        hash: text,
        device: text,
        createdAt: MOMENT,
        seenOn: '2026-03-12',
        current,
      })),
      passwordChanged: MOMENT,
      factor: { switchedOnAt: MOMENT, codesLeft: 3 },
      passkeys: [{ id: 3, name: text, createdAt: MOMENT, lastUsedOn: '2026-03-12' }],
      offersPasskeys: true,
      saved: true,
      messages: messages(text),
    }),
  settingsPage: (page, text) =>
    settingsPage(page, {
      language: text,
      theme: text,
      biography: text,
      listed: text,
      timeZone: text,
      unreadSince: text,
      saved: true,
      messages: messages(text),
    }),
  webhooksPage: (page, text) =>
    webhooksPage(page, {
      webhooks: [webhook(text)],
      cities: [board('city', text)],
      technologies: [board('technology', text)],
      offered: ['thread', 'flag'],
      secret: text,
      typed: { url: text, events: ['thread', text], city: text, technology: text },
      messages: { ...messages(text), url: text, events: text, city: text, technology: text },
    }),
  webhookPage: (page, text) =>
    webhookPage(page, {
      webhook: webhook(text),
      deliveries: [
        {
          id: 3,
          type: text,
          number: 2,
          happenedAt: MOMENT,
          state: 'dropped',
          tries: 8,
          nextTryAt: MOMENT,
          lastTriedAt: MOMENT,
          status: null,
          problem: 'too_slow',
          thread: thread(text),
        },
      ],
      next: text,
    }),
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
  threadsPage: (page, text) => threadsPage(page, { list: 'unread', threads: lines(text), older: null, next: null }),
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
  editPage: (page, text) =>
    editPage(page, {
      post: 5,
      number: 21,
      thread: thread(text),
      version: 2,
      title: text,
      body: text,
      language: { chosen: 'en', shown: 'fr' },
      preview: { html: TRUSTED_HTML, language: text },
      messages: messages(text),
      conflict: changes(text),
    }),
  historyPage: (page, text) =>
    historyPage(page, {
      thread: thread(text),
      id: 4,
      number: 21,
      author: text,
      language: text,
      editCount: 3,
      withdrawn: 'removed',
      deleted: { at: MOMENT, byAuthor: false, reason: text },
      older: 1,
      whole: false,
      versions: [{ number: 0, compared: true, writtenAt: MOMENT, changes: changes(text) }],
    }),
  replyPage: (page, text) => replyPage(page, thread(text), replyForm(text)),
  newThreadPage: (page, text) =>
    newThreadPage(page, {
      title: text,
      body: text,
      chosen: [text],
      cities: [board('city', text)],
      technologies: [board('technology', text)],
      requestId: text,
      preview: { html: TRUSTED_HTML, language: text },
      messages: messages(text),
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
    unsubscribePage(page, { token: text, kind: 'digest', state: 'stopped', before: text }),
  boardsAdminPage: (page, text) =>
    boardsAdminPage(page, {
      boards: [{ ...board('city', text), threadCount: 3, archived: true }],
      form: boardForm(text),
      messages: { slug: text, other: text },
    }),
  boardFormPage: (page, text) =>
    boardFormPage(page, {
      board: { ...board('city', text), threadCount: 3, archived: false },
      form: boardForm(text),
      others: [{ ...board('city', text), threadCount: 3, archived: false }],
      into: text,
      messages: { into: text },
    }),
  membersAdminPage: (page, text) =>
    membersAdminPage(page, {
      members: [
        {
          ...{ id: 3, username: text, role: 'admin', createdAt: MOMENT },
          waitingSince: MOMENT,
          bannedAt: null,
          silencedUntil: null,
        },
      ],
      next: text,
      filters: { q: text, role: 'admin', state: 'banned' },
      messages: { role: text },
    }),
  jobsAdminPage: (page, text) =>
    jobsAdminPage(page, [{ id: '3', task: text, attempts: 3, runAt: MOMENT, problem: text, givenUp: true }]),
  firstStepsPage: (page) =>
    firstStepsPage(page, {
      ...{ name: true, boards: false },
      mail: { toServer: true, test: { state: 'failed', problem: '550', createdAt: MOMENT } },
      backup: { nightly: true, last: MOMENT, isRecent: true },
    }),
  statusPage: (page, text) =>
    statusPage(page, {
      ...{ databaseBytes: 3e7, freeBytes: 4e9, mailsQueued: 3, day: [STATUS_SAMPLE], month: [] },
      connections: { open: 4, idle: 3, awaited: 0, ofAll: 9 },
      jobs: { waiting: 2, failed: 1 },
      totals: { members: 12, threads: 40, posts: 1_200 },
      replicas: [{ name: text, secondsBehind: 2 }],
      process: { memoryBytes: 2e8, sockets: 12, kept: { pages: 30, hits: 90, misses: 10 } },
      days: [{ day: '2026-03-11', members: 1, threads: 2, posts: 30, digests: 4 }],
      statements: [{ text, calls: 1_000, mean: 1.25, total: 1_250 }],
    }),
  forumSettingsPage: (page, text) =>
    forumSettingsPage(page, {
      fields: [
        { key: 'name', name: 'name', kind: 'line', value: text, longest: 60 },
        { key: 'welcome', name: 'welcome_fr', kind: 'text', value: text, language: 'fr' },
        { key: 'newcomers_read_only_hours', name: 'hours', kind: 'count', value: text, until: MOMENT },
        { key: 'registration', name: 'registration', kind: 'choice', value: 'open', choices: ['open', 'closed'] },
      ],
      saved: true,
      messages: { name: text, other: text },
    }),
  outboxPage: (page, text) =>
    outboxPage(page, {
      mails: [{ number: 3, subject: text, to: text, writtenAt: MOMENT }],
      next: text,
      toServer: false,
      failed: [{ ...QUEUED_MAIL, to: text, nextTryAt: null, problem: '550' }],
      waiting: [{ ...QUEUED_MAIL, to: text }],
      test: { state: 'queued', problem: null, createdAt: MOMENT },
      address: text,
      messages: {},
    }),
  outboxMailPage: (page, text) =>
    outboxMailPage(page, { number: 3, subject: text, to: text, writtenAt: MOMENT, text, source: text }),
  emailSettingsPage: (page, text) =>
    emailSettingsPage(page, {
      address: text,
      pending: text,
      paused: true,
      rhythm: text,
      weekday: text,
      hour: text,
      timeZone: text,
      notifyByMail: true,
      notice: text,
      typed: text,
      push: { key: text, browsers: [{ id: 3, device: text, createdAt: MOMENT }] },
      messages: messages(text),
    }),
  confirmPage: (page, text) => confirmPage(page, { token: text, name: text, address: text, messages: messages(text) }),
  confirmedPage: (page, text) => confirmedPage(page, { name: text, address: text }),
  askResetPage: (page, text) => askResetPage(page, { email: text, sent: true, messages: messages(text) }),
  resetPage: (page, text) => resetPage(page, { token: text, name: text, messages: messages(text) }),
  tokensPage: (page, text) =>
    tokensPage(page, {
      tokens: [{ id: 3, name: text, scopes: ['read'], expiresOn: '2027-01-01', lastUsedOn: '2026-12-01' }],
      made: text,
      name: text,
      scopes: ['write'],
      expiresOn: text,
      revoked: true,
      messages: messages(text),
    }),
  apiDocsPage: (page, text) =>
    apiDocsPage(page, {
      paths: { [text]: { get: operation(text) } },
      components: { schemas: { Post: { properties: { [text]: { anyOf: [described(text), { items: {} }] } } } } },
    }),
  moveThreadPage: (page, text) =>
    moveThreadPage(page, {
      thread: thread(text),
      chosen: [text],
      reason: text,
      cities: [board('city', text)],
      technologies: [board('technology', text)],
      messages: messages(text),
    }),
  flagPage: (page, text) =>
    flagPage(page, {
      post: { id: 5, number: 21, author: text, excerpt: text, language: text },
      thread: thread(text),
      reason: 'spam',
      note: text,
      messages: { reason: text, note: text, [text]: text },
    }),
  reportPage: (page, text) =>
    reportPage(page, {
      ...{ url: text, reason: 'illegal', explanation: text, name: text, email: text, goodFaith: true, shown: text },
      messages: { url: text, good_faith: text, website: text, [text]: text },
    }),
  noticePage: (page, text) =>
    noticePage(page, {
      ...{ code: text, url: text, reason: 'illegal', explanation: text, createdAt: MOMENT, closedAt: MOMENT },
      ...{ decision: 'hide', statement: text },
    }),
  textPage: (page, text) =>
    textPage(page, { name: 'legal', text: { html: TRUSTED_HTML, language: text }, administers: true }),
  appealPage: (page, text) =>
    appealPage(page, {
      sanction: { kind: 'ban', reason: text, until: MOMENT },
      appeal: { words: text, closedAt: MOMENT, decision: 'dismiss', statement: text },
      body: text,
      messages: messages(text),
    }),
  invitationsPage: (page, text) =>
    invitationsPage(page, { made: text, invitations: [{ madeAt: MOMENT, endsAt: MOMENT, usedBy: text }] }),
  queuePage: (page, text) =>
    queuePage(page, {
      cases: [
        {
          ...{ id: 3, kind: 'flagged', openedAt: MOMENT, flagCount: 7, heavy: true, escalated: true, number: 21 },
          ...{ claimedBy: text, member: text, thread: text, threadLanguage: text, excerpt: text, language: text },
          reasons: ['spam', 'illegal'],
          opened: ['repeats', 'links'],
        },
      ],
      next: 3,
    }),
  casePage: (page, text) =>
    casePage(page, {
      ...{ id: 3, kind: 'flagged', openedAt: MOMENT, flagCount: 0, member: text, words: text, claimedBy: text },
      escalatedAt: null,
      reasons: ['edited', 'blocked_word'],
      ...{ closedAt: null, decision: null, statement: text, decidedBy: text, administers: true },
      post: {
        ...{ id: 5, number: 21, author: text, createdAt: MOMENT, editCount: 1, deletedAt: MOMENT },
        ...{ heldAt: null, mayRestore: true },
        thread: thread(text),
        words: removed(text),
        before: [post(text)],
        after: [deletedPost(text)],
      },
      flags: [{ by: text, reason: 'spam', note: text, at: MOMENT }],
      notices: [{ url: text, reason: 'illegal', explanation: text, at: MOMENT }],
      notes: [{ by: text, body: text, at: MOMENT }],
      log: [{ kind: 'hide', by: text, reason: text, at: MOMENT }],
      history: {
        sanctions: [{ kind: 'silence', reason: text, at: MOMENT, until: MOMENT, liftedAt: MOMENT }],
        cases: [{ id: 2, kind: 'flagged', openedAt: MOMENT, decision: 'hide' }],
      },
      typed: { statement: text, body: text },
      messages: messages(text),
    }),
  threadPage: (page, text) => threadPage(page, threadView(page, text)),
  withdrawnPage: (page, text) =>
    withdrawnPage(page, {
      thread: thread(text),
      removedAt: MOMENT,
      reason: text,
      emptied: false,
      held: true,
      posts: [post(text), deletedPost(text)],
    }),
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
      leftOut: [text],
      suggestions: [{ word: text, instead: text, query: text }],
      boards: [board('city', text)],
      members: [text],
      tooSlow: false,
      asksNothing: false,
    }),
  wholePostPage: (page, text) => wholePostPage(page, { thread: thread(text), post: post(text) }),
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

const threadView = (page: Page, text: string): ThreadPage => ({
  thread: {
    ...thread(text),
    lastNumber: 50,
    replyCount: 49,
    changeNumber: 9,
    lockedAt: MOMENT,
    removedAt: MOMENT,
    emptied: false,
    openedAt: MOMENT,
    opener: { name: text },
  },
  firstUnread: 21,
  muted: ['2', '12'],
  level: 'watching',
  mayModerate: true,
  boards: [board('city', text)],
  page: 2,
  pages: 3,
  posts: [post(text), { ...post(text), bodyHtml: null }, deletedPost(text)],
  description: text,
  reply: page.viewer ? replyForm(text) : null,
})

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
const thread = (text: string) => ({ id: 7, slug: text, title: text, language: text })
const boardForm = (text: string): BoardForm => ({
  ...{ kind: 'city', slug: text, name_fr: text, name_en: text, summary_fr: text, summary_en: text },
  ...{ latitude: text, longitude: text, position: text },
})

const board = (kind: 'city' | 'technology', text: string) => ({
  id: 1,
  kind,
  slug: text,
  name: { fr: text, en: text },
  summary: { fr: text },
})
const webhook = (text: string) => ({
  id: 2,
  url: text,
  events: ['thread', 'deletion'] as const,
  place: [board('city', text), board('technology', text)],
  failingSince: MOMENT,
  offAt: MOMENT,
})
const crossed = (text: string) => [{ ...board('technology', text), threadCount: 3, note: { fr: text } }]
const messages = (text: string) => ({
  username: text,
  password: text,
  title: text,
  body: text,
  boards: text,
  [text]: text,
})
const fields = (text: string): [string, string][] =>
  ['title', 'username', 'body', 'biography', text].map((name) => [name, text])
const changes = (text: string) => (['same', 'added', 'removed'] as const).map((kind) => ({ kind, text }))
const lines = (text: string): ThreadLine[] => [
  {
    ...thread(text),
    replyCount: 3,
    lastNumber: 4,
    lastPostAt: MOMENT,
    lockedAt: MOMENT,
    author: text,
    lastAuthor: text,
    unread: [2, 3],
    boards: [board('city', text), board('technology', text)],
  },
]
const replyForm = (text: string) => ({
  thread: thread(text),
  body: text,
  answered: { number: 3, author: text, excerpt: text, language: text },
  requestId: text,
  preview: { html: TRUSTED_HTML, language: text },
  messages: messages(text),
  autofocus: true,
})
const rights = {
  ...{
    reply: true,
    edit: true,
    delete: true,
    remove: true,
    restore: true,
    read: true,
    erase: true,
    flag: true,
    move: true,
    useful: true,
    bookmark: true,
  },
}
const removed = (text: string) => ({
  bodyHtml: TRUSTED_HTML,
  excerpt: text,
  language: text,
  reason: text,
  isDetected: true,
})
const deletedPost = (text: string) => ({
  id: 6,
  number: 22,
  deletedAt: MOMENT,
  authorId: 1,
  deletedBy: 2,
  heldAt: null,
  erasedAt: null,
  rights,
  removed: removed(text),
})
const post = (text: string) => ({
  id: 5,
  number: 21,
  author: text,
  bodyHtml: TRUSTED_HTML,
  excerpt: text,
  language: text,
  createdAt: MOMENT,
  editedAt: MOMENT,
  deletedAt: null,
  usefulCount: 2,
  replyTo: 3,
  authorRole: 'admin' as const,
  startedThread: true,
  answeredAuthor: text,
  answeredExcerpt: text,
  answeredLanguage: text,
  rights,
})
