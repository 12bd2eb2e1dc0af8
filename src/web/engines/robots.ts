import type { Forum } from '../../forum/forum.ts'
import { forumSettings } from '../../forum/settings.ts'
import { plainText } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { originFor } from '../../platform/http/asked-origin.ts'

/** What search engines should not read: forms, a member's own pages, former versions, and endless lists. */
const DISALLOWED = [
  ...['/admin', '/confirm', '/live', '/login', '/moderation', '/notifications', '/posts/', '/register', '/report'],
  ...['/reset', '/search', '/settings', '/subscriptions', '/threads/new', '/unsubscribe', '/*?*before=', '/*?*quote='],
  '/*?*reply_to=',
]

/**
 * Says what search engines may read (RFC 9309), and where the sitemap is. Where an admin wants no search engine, they
 * may still read: an engine that cannot read a page never sees its `noindex`.
 */
export function robotsRoutes(app: App, forum: Forum): void {
  const options = { schema: { response: { 200: plainText } }, config: { sameForAll: true } }
  app.get('/robots.txt', options, async (request, reply) => {
    const lines = ['User-agent: *', ...DISALLOWED.map((path) => `Disallow: ${path}`)]
    const { search_engines: listed } = await forumSettings(forum)
    const place = listed ? `\nSitemap: ${originFor(request, forum.config.origin)}/sitemap.xml\n` : ''
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(`${lines.join('\n')}\n${place}`)
  })
}
