import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import type { Forum } from '../forum/forum.ts'
import { forumSettings } from '../forum/settings.ts'
import { file } from '../platform/http/answers.ts'
import type { App } from '../platform/http/app.ts'

const FOLDER = new URL('../../static/icons/', import.meta.url)
const A_DAY = 'public, max-age=86400'

/** Browsers and phones ask for these names, whatever the page says. */
const ICONS = [
  ['favicon.ico', 'image/x-icon'],
  ['apple-touch-icon.png', 'image/png'],
  ['icon-192.png', 'image/png'],
  ['icon-512.png', 'image/png'],
] as const

const Manifest = Type.Object({
  name: Type.String(),
  short_name: Type.String(),
  start_url: Type.String(),
  display: Type.String(),
  background_color: Type.String(),
  theme_color: Type.String(),
  icons: Type.Array(
    Type.Object({ src: Type.String(), sizes: Type.String(), type: Type.String(), purpose: Type.String() }),
  ),
})

/** The icons, and the manifest with which a phone installs the forum (W3C, Web Application Manifest). */
export function iconRoutes(app: App, forum: Forum): void {
  for (const [name, type] of ICONS) {
    const options = { schema: { response: { 200: file } }, config: { sameForAll: true } }
    app.get(`/${name}`, options, async (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', A_DAY)
        .send(await readFile(new URL(name, FOLDER))),
    )
  }

  const options = { schema: { response: { 200: manifestAnswer } }, config: { sameForAll: true } }
  app.get('/manifest.webmanifest', options, async (request, reply) => {
    const { name } = await forumSettings(forum)
    const called = name || request.page.t('site.name')
    return reply
      .type('application/manifest+json')
      .header('cache-control', 'no-cache')
      .send({
        name: called,
        short_name: called,
        start_url: '/',
        display: 'minimal-ui',
        background_color: PAPER,
        theme_color: PAPER,
        icons: [192, 512].map((size) => ({
          src: `/icon-${size}.png`,
          sizes: `${size}x${size}`,
          type: 'image/png',
          purpose: 'any maskable',
        })),
      })
  })
}

/** As `--paper` in tokens.css. */
const PAPER = '#fbfaf6'

const manifestAnswer = {
  description: 'A web application manifest',
  content: { 'application/manifest+json': { schema: Manifest } },
}
