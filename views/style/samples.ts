import { safeHtml } from '../../src/platform/text/html.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import type { PostView, StandingPostView } from '../parts/post.ts'
import type { ThreadLine } from '../parts/thread-list.ts'

/** Texts for the page of all parts: a short one, a long one, and one word that does not break. */
export const SHORT = 'Caméras du port'
export const LONG =
  'Une très longue question sur l’interconnexion des fichiers et des caméras dans les communes de la métropole, et sur qui les regarde'
export const UNBROKEN = 'anticonstitutionnellement'.repeat(4)
export const ADDRESS = '/style'

const MOMENT = new Date('2026-03-12T14:05:00Z')

const board =
  (kind: LinkedBoard['kind']) =>
  (name: string, index: number): LinkedBoard => ({
    id: index + 1,
    kind,
    slug: `${kind}-${index}`,
    name: { fr: name, en: name },
  })
export const CITIES = ['Nice', 'Saint-Étienne-du-Rouvray-les-Bains', 'Metz', UNBROKEN].map(board('city'))
export const TECHNOLOGIES = ['Drones', 'Fichiers et interconnexions', 'Vidéosurveillance automatisée'].map(
  board('technology'),
)

export const THREAD = { id: 1, slug: 'sujet' }

const line = (more: Partial<ThreadLine>): ThreadLine => ({
  ...{ ...THREAD, title: SHORT, language: 'fr', replyCount: 12, lastNumber: 13, lastPostAt: MOMENT },
  ...{ author: 'zoe', lastAuthor: 'grillon_agile', unread: null, lockedAt: null, boards: CITIES.slice(0, 1) },
  ...more,
})

/** Lines of a list: read, unread, pinned, locked, long, one long word, no replies, by a former member. */
export const lines = (): ThreadLine[] => [
  line({}),
  line({ unread: [3, 11] }),
  line({ unread: [101, 1], replyCount: 1_234, pinned: true }),
  line({ lockedAt: MOMENT, pinned: true }),
  line({ title: LONG, boards: [...CITIES, ...TECHNOLOGIES], lastAuthor: UNBROKEN }),
  line({ title: UNBROKEN, unread: [3, 11] }),
  line({ title: 'Who has seen the cameras?', language: 'en', replyCount: 0, lastNumber: 1, author: null, boards: [] }),
]

export const MARKDOWN_HTML =
  safeHtml(`<h3>${SHORT}</h3><p>${LONG}. <strong>${SHORT}</strong>, <em>${SHORT}</em>, <code>${SHORT}</code>, <a href="${ADDRESS}">${SHORT}</a>, <del>${SHORT}</del>.</p>
<blockquote><p>${LONG}</p></blockquote><ul><li>${SHORT}</li><li>${LONG}</li></ul><ol><li>${SHORT}</li><li>${SHORT}</li></ol>
<pre tabindex="0"><code>${LONG}</code></pre><p>${UNBROKEN}</p>`)

const post = (number: number, more: Partial<StandingPostView> = {}): PostView => ({
  ...{ id: number, number, author: 'zoe', authorRole: 'member', startedThread: false, bodyHtml: MARKDOWN_HTML },
  ...{ excerpt: SHORT, language: 'fr', createdAt: MOMENT, editedAt: null, deletedAt: null, usefulCount: 0 },
  ...{ replyTo: null, answeredAuthor: null, answeredExcerpt: null, answeredLanguage: null },
  ...more,
})

/** Posts: by the thread's author, an answer by a moderator, edited and useful, too long, deleted, moved. */
export const posts = (): PostView[] => [
  post(1, { startedThread: true }),
  post(2, {
    ...{
      author: UNBROKEN,
      authorRole: 'moderator',
      editedAt: MOMENT,
      usefulCount: 7,
      bodyHtml: safeHtml(`<p>${LONG}</p>`),
    },
    ...{ replyTo: 1, answeredAuthor: 'zoe', answeredExcerpt: LONG, answeredLanguage: 'fr' },
  }),
  post(12_345, { author: null, bodyHtml: null }),
  { id: 4, number: 4, deletedAt: MOMENT, authorId: 1, deletedBy: 1, heldAt: null, erasedAt: null },
  { id: 5, number: 5, deletedAt: MOMENT, authorId: 1, deletedBy: 2, heldAt: null, erasedAt: null, hasMoved: true },
]
