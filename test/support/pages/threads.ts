import type { Page } from '../../../views/page.ts'
import { editPage } from '../../../views/threads/edit-page.ts'
import { historyPage } from '../../../views/threads/history-page.ts'
import { moveThreadPage } from '../../../views/threads/move-thread-page.ts'
import { newThreadPage } from '../../../views/threads/new-thread-page.ts'
import { replyPage } from '../../../views/threads/reply-page.ts'
import { type ThreadPage, threadPage } from '../../../views/threads/thread-page.ts'
import { threadsPage } from '../../../views/threads/threads-page.ts'
import { wholePostPage } from '../../../views/threads/whole-post-page.ts'
import { withdrawnPage } from '../../../views/threads/withdrawn-page.ts'
import { board, deletedPost, lines, MOMENT, messages, type Pages, post, TRUSTED_HTML, thread } from './samples.ts'

export const THREADS_PAGES: Pages = {
  threadsPage: (page, text) => threadsPage(page, { list: 'unread', threads: lines(text), older: null, next: null }),
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
      first: 0,
      isEdited: true,
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
  moveThreadPage: (page, text) =>
    moveThreadPage(page, {
      thread: thread(text),
      chosen: [text],
      reason: text,
      cities: [board('city', text)],
      technologies: [board('technology', text)],
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
  wholePostPage: (page, text) => wholePostPage(page, { thread: thread(text), post: post(text) }),
}

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
const changes = (text: string) => (['same', 'added', 'removed'] as const).map((kind) => ({ kind, text }))
const replyForm = (text: string) => ({
  thread: thread(text),
  body: text,
  answered: { number: 3, author: text, excerpt: text, language: text },
  requestId: text,
  preview: { html: TRUSTED_HTML, language: text },
  messages: messages(text),
  autofocus: true,
})
