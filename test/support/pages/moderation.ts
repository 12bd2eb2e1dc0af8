import { appealPage } from '../../../views/moderation/appeal-page.ts'
import { casePage } from '../../../views/moderation/case-page.ts'
import { flagPage } from '../../../views/moderation/flag-page.ts'
import { invitationsPage } from '../../../views/moderation/invitations-page.ts'
import { logPage } from '../../../views/moderation/log-page.ts'
import { movePostsPage } from '../../../views/moderation/move-posts-page.ts'
import { noticePage } from '../../../views/moderation/notice-page.ts'
import { queuePage } from '../../../views/moderation/queue-page.ts'
import { reportPage } from '../../../views/moderation/report-page.ts'
import { transparencyPage } from '../../../views/moderation/transparency-page.ts'
import { board, deletedPost, MOMENT, messages, type Pages, post, removed, thread } from './samples.ts'

export const MODERATION_PAGES: Pages = {
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
      boards: new Map(),
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
  appealPage: (page, text) =>
    appealPage(page, {
      sanction: { kind: 'ban', reason: text, until: MOMENT },
      appeal: { words: text, closedAt: MOMENT, decision: 'dismiss', statement: text },
      body: text,
      messages: messages(text),
    }),
  invitationsPage: (page, text) =>
    invitationsPage(page, {
      made: text,
      invitations: [{ madeAt: MOMENT, endsAt: MOMENT, isUsed: true, usedBy: text }],
    }),
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
      ...{
        against: { kind: 'ban', reason: text, at: MOMENT, until: MOMENT, liftedAt: null, by: text, byConsole: false },
      },
      notTheirs: null,
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
}
