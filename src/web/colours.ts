import { Type } from 'typebox'
import { PAPER } from '../../views/parts/paper.ts'
import { contrast, lightened } from '../platform/colours.ts'
import { file } from '../platform/http/answers.ts'
import type { App } from '../platform/http/app.ts'

/** Least contrast of text with its background (WCAG 2.2, 1.4.6, AAA). */
const LEAST_CONTRAST = 7

/** Whether text in this colour, `#rrggbb`, is readable on light paper. */
export const isReadable = (colour: string): boolean => contrast(colour, PAPER.light) >= LEAST_CONTRAST

/** The path of the style for a forum's own signal colour. The path contains the colour, so it can be cached for ever. */
export const coloursPath = (signal: string): string => `/colours/${signal.slice(1)}.css`

/** The style that replaces the default signal colour: unchanged on light paper, lighter on dark paper. */
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

/** Uses the selectors of `tokens.css` and adds to its layer. */
const style = (light: string, dark: string): string => `@layer tokens {
:root { --signal: ${light}; --lens: ${light} }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { --signal: ${dark}; --lens: ${dark} } }
:root[data-theme="dark"] { --signal: ${dark}; --lens: ${dark} }
}
`
