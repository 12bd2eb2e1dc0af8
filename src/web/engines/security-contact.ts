import type { Forum } from '../../forum/forum.ts'
import { plainText } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { originFor } from '../../platform/http/asked-origin.ts'
import { LANGUAGES } from '../../platform/text/i18n/languages.ts'

/** Readers should fetch the file again after this many days. */
const VALID_DAYS = 180
const DAY_MILLISECONDS = 86_400_000

/**
 * Whom to tell about a weakness of this forum (RFC 9116). Without a configured contact it names the page for notices,
 * which needs no account. An invented mail address would lose the report.
 */
export function securityContactRoutes(app: App, { config }: Pick<Forum, 'config'>): void {
  const options = { schema: { response: { 200: plainText } }, config: { sameForAll: true } }
  app.get('/.well-known/security.txt', options, async (request, reply) => {
    const origin = originFor(request, config.origin)
    const today = Math.floor(Date.now() / DAY_MILLISECONDS)
    const fields = [
      `Contact: ${config.securityContact ?? `${origin}/report`}`,
      `Expires: ${new Date((today + VALID_DAYS) * DAY_MILLISECONDS).toISOString()}`,
      `Preferred-Languages: ${LANGUAGES.join(', ')}`,
      `Canonical: ${origin}/.well-known/security.txt`,
    ]
    return reply
      .type('text/plain; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(`${fields.join('\n')}\n`)
  })
}
