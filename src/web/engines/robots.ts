import type { Forum } from '../../forum/forum.ts'
import { forumSettings } from '../../forum/settings.ts'
import { plainText } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { originFor } from '../../platform/http/asked-origin.ts'

/** What search engines should not read: forms, pages of one member, former versions, and lists without end. */
const DISALLOWED = [
  ...['/admin', '/confirm', '/live', '/login', '/moderation', '/notifications', '/posts/', '/register', '/report'],
  ...['/reset', '/search', '/settings', '/subscriptions', '/threads/new', '/unsubscribe', '/*?*before=', '/*?*quote='],
  '/*?*reply_to=',
]

/**
 * What search engines may read (RFC 9309), and where they find it. Where an admin wants none of them, they may read on: only so
 * do they see that they are to show nothing.
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
