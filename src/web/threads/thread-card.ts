import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { Type } from 'typebox'
import { boardCatalogue, boardsOf } from '../../forum/boards/catalogue.ts'
import { findThread } from '../../forum/discussion/find-thread.ts'
import type { Forum } from '../../forum/forum.ts'
import { forumSettings } from '../../forum/settings.ts'
import { moved, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { headerText } from '../../platform/http/header-text.ts'
import { drawCard } from '../../platform/pictures/draw-card.ts'
import { networkDigest } from '../../platform/rate-limits/rate-limits.ts'
import { asLanguage } from '../../platform/text/i18n/languages.ts'
import { translator } from '../../platform/text/i18n/translate.ts'
import { worded } from '../../platform/text/i18n/worded.ts'
import { Id } from '../shapes.ts'

const KEPT_BYTES = 4 * 1_024 * 1_024

const png = { description: 'A picture', content: { 'image/png': { schema: Type.Unknown() } } }
const schema = { params: Type.Object({ id: Id }), response: { 200: png, 301: moved, 304: nothing } }

/** The picture of a thread for link previews: its title and boards, in the thread's language. */
export function threadCardRoutes(app: App, forum: Forum): void {
  /** Pictures by their text, so that nothing outdates them. */
  const kept = new LRUCache<string, Buffer>({ maxSize: KEPT_BYTES, sizeCalculation: ({ length }) => length })

  app.get('/threads/:id.png', { schema }, async (request, reply) => {
    const thread = await findThread(forum, request.params.id, null)
    const language = asLanguage(thread.language)
    const boards = boardsOf(await boardCatalogue(forum), thread).map(({ name }) => worded(name, language))
    const { name } = await forumSettings(forum)
    const card = { site: name || translator(language)('site.name'), title: thread.title, about: boards.join(' · ') }
    const tag = `"${createHash('sha256').update(JSON.stringify(card)).digest('base64url').slice(0, 22)}"`
    reply.header('etag', tag).header('cache-control', 'no-cache')
    if (headerText(request.headers['if-none-match'])?.includes(tag)) return reply.code(304).send()
    const picture = kept.get(tag) ?? (await drawCard(card, networkDigest(request)))
    kept.set(tag, picture)
    return reply.type('image/png').send(picture)
  })
}
