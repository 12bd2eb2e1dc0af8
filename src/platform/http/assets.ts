import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import { notFound } from '../problem.ts'
import { file } from './answers.ts'
import type { App } from './app.ts'
import { compressWell } from './compress.ts'
import { acceptedEncodings, type Encoding } from './encodings.ts'
import { headerText } from './header-text.ts'

/** The files of a site, by their paths in a folder. */
export interface AssetFiles {
  folder: URL
  /** How the files that go over the wire are called. */
  name: string
  /** In the order in which they apply: one file goes over the wire, so that a first view is few requests. */
  stylesheets: readonly string[]
  /** Each is whole in itself; they know each other only by the document's events. */
  scripts: readonly string[]
  icon: string
}

/** Where the site's style, script and icon are; their names change with their content. */
export interface AssetPaths {
  stylesheet: string
  script: string
  icon: string
}

interface Asset {
  type: string
  plain: Buffer
  /** Compressed when somebody first takes it so. */
  compressed: Map<Encoding, Promise<Buffer>>
}

/**
 * Serves the style, the script and the icon under names made of their content, so that browsers may keep them
 * for ever; answers where they are.
 */
export async function serveAssets(app: App, files: AssetFiles): Promise<AssetPaths> {
  const assets = new Map<string, Asset>()

  function add(name: string, type: string, content: string): string {
    const plain = Buffer.from(content)
    const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12)
    const [stem, ending] = name.split('.')
    const file = `${stem}-${hash}.${ending}`
    assets.set(file, { type, plain, compressed: new Map() })
    return `/assets/${file}`
  }

  const text = (path: string) => readFile(new URL(path, files.folder), 'utf8')
  const [styles, scripts, icon] = await Promise.all([
    Promise.all(files.stylesheets.map(text)),
    Promise.all(files.scripts.map(text)),
    text(files.icon),
  ])
  const paths = {
    stylesheet: add(`${files.name}.css`, 'text/css; charset=utf-8', styles.join('\n')),
    script: add(`${files.name}.js`, 'text/javascript; charset=utf-8', scripts.map(inTask).join('')),
    icon: add('icon.svg', 'image/svg+xml', icon),
  }

  const schema = { params: Type.Object({ file: Type.String({ maxLength: 200 }) }), response: { 200: file } }
  app.get('/assets/:file', { schema }, async (request, reply) => {
    const asset = assets.get(request.params.file)
    if (!asset) throw notFound()
    const { smallest: encoding } = acceptedEncodings(headerText(request.headers['accept-encoding']))
    if (encoding !== 'identity') reply.header('content-encoding', encoding)
    const body = asset.compressed.get(encoding) ?? compressWell(asset.plain, encoding)
    asset.compressed.set(encoding, body)
    // What failed for want of memory is tried again for the next who asks.
    body.catch(() => asset.compressed.delete(encoding))
    return reply
      .type(asset.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .send(await body)
  })
  return paths
}

/** Starts each script separately: one that fails, because storage is blocked for instance, does not stop the others. */
const inTask = (script: string) => `queueMicrotask(() => {\n${script}})\n`
