import type { Forum } from '../../forum/forum.ts'
import { plainText } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { originFor } from '../../platform/http/asked-origin.ts'

/** What is nobody's to find: forms, what belongs to one member, former versions, and lists that have no end. */
const DISALLOWED = [
  ...['/admin', '/confirm', '/live', '/login', '/moderation', '/notifications', '/posts/', '/register', '/report'],
  ...['/reset', '/search', '/settings', '/subscriptions', '/threads/new', '/unsubscribe', '/*?*before=', '/*?*quote='],
  '/*?*reply_to=',
]

/** What search engines may read (RFC 9309), and where they find it. */
export function robotsRoutes(app: App, { config }: Forum): void {
  const options = { schema: { response: { 200: plainText } }, config: { sameForAll: true } }
  app.get('/robots.txt', options, async (request, reply) => {
    const lines = ['User-agent: *', ...DISALLOWED.map((path) => `Disallow: ${path}`)]
    const place = `${originFor(request, config.origin)}/sitemap.xml`
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(`${lines.join('\n')}\n\nSitemap: ${place}\n`)
  })
}
