import { type Html, safeHtml } from '../../../src/platform/text/html.ts'
import type { Page } from '../../../views/page.ts'
import type { ThreadLine } from '../../../views/parts/thread-list.ts'

/* What the pages of several families show. */

/** Each page of a family, full, with the same text in every place that holds one. */
export type Pages = Record<string, (page: Page, text: string) => Html>

export const MOMENT = new Date('2026-03-12T14:05:00Z')
export const TRUSTED_HTML = safeHtml('<p>du <em>texte</em></p>')
export const waiting = (packed: string) => ({ packed, typed: true, ended: false })
export const thread = (text: string) => ({ id: 7, slug: text, title: text, language: text })
export const board = (kind: 'city' | 'technology', text: string) => ({
  id: 1,
  kind,
  slug: text,
  name: { fr: text, en: text },
  summary: { fr: text },
})
export const messages = (text: string) => ({
  username: text,
  password: text,
  title: text,
  body: text,
  boards: text,
  [text]: text,
})
export const fields = (text: string): [string, string][] =>
  ['title', 'username', 'body', 'biography', text].map((name) => [name, text])
export const lines = (text: string): ThreadLine[] => [
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
export const rights = {
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
export const removed = (text: string) => ({
  bodyHtml: TRUSTED_HTML,
  excerpt: text,
  language: text,
  reason: text,
  version: 2,
  isDetected: true,
})
export const deletedPost = (text: string) => ({
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
export const post = (text: string) => ({
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
