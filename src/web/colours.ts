import { Type } from 'typebox'
import { PAPER } from '../../views/parts/paper.ts'
import { contrast, lightened } from '../platform/colours.ts'
import { file } from '../platform/http/answers.ts'
import type { App } from '../platform/http/app.ts'

/** Of text on its ground (WCAG 2.2, 1.4.6, AAA). */
const LEAST_CONTRAST = 7

/** Whether text in that colour, `#rrggbb`, can be read on light paper. */
export const isReadable = (colour: string): boolean => contrast(colour, PAPER.light) >= LEAST_CONTRAST

/** Where the style is that has a forum's own signal in it: it follows from its address alone. */
export const coloursPath = (signal: string): string => `/colours/${signal.slice(1)}.css`

/** The style that puts a forum's own colour in place of the usual one: as it is on light paper, lighter on dark paper. */
export function colourRoutes(app: App): void {
  const params = Type.Object({ colour: Type.String({ pattern: '^[0-9a-f]{6}$' }) })
  app.get('/colours/:colour.css', { schema: { params, response: { 200: file } } }, async (request, reply) => {
    const light = `#${request.params.colour}`
    const dark = lightened(light, PAPER.dark, LEAST_CONTRAST)
    return reply
      .type('text/css; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(style(light, dark))
  })
}

/** The same selectors as in `tokens.css`, whose layer it adds to. */
const style = (light: string, dark: string): string => `@layer tokens {
:root { --signal: ${light}; --lens: ${light} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { --signal: ${dark}; --lens: ${dark} } }
:root[data-theme="dark"] { --signal: ${dark}; --lens: ${dark} }
}
`
