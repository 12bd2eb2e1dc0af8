import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { AssetPaths } from '../../../views/page.ts'
import type { App } from './app.ts'
import { notFound } from './errors.ts'

const STATIC = new URL('../../../static/', import.meta.url)

/** The files are small; with room for large ones, compressing them at the start takes 20 MB that are not given back. */
const SMALL_WINDOW = { params: { [constants.BROTLI_PARAM_LGWIN]: 16 } }

/** In the order in which they apply: one file goes over the wire, so that a first view is few requests. */
const STYLESHEETS = [
  ...['tokens', 'base', 'frame', 'map', 'lists', 'thread', 'prose', 'forms'],
  ...['settings', 'subscriptions', 'print'],
]
/** Each is whole in itself; they know each other only by the document's events. */
const SCRIPTS = [
  ...['script-runs', 'new-since', 'times', 'arrivals', 'live', 'reading'],
  ...['drafts', 'send', 'toolbar', 'quote', 'mentions'],
]

interface Asset {
  type: string
  plain: Buffer
  brotli: Buffer
  gzip: Buffer
}

/**
 * Serves the style, the script and the icon under names made of their content, so that browsers may keep them
 * for ever; answers where they are.
 */
export async function serveAssets(app: App): Promise<AssetPaths> {
  const assets = new Map<string, Asset>()

  async function add(name: string, type: string, content: string): Promise<string> {
    const plain = Buffer.from(content)
    const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 12)
    const [stem, ending] = name.split('.')
    const file = `${stem}-${hash}.${ending}`
    const compressed = await Promise.all([promisify(brotliCompress)(plain, SMALL_WINDOW), promisify(gzip)(plain)])
    assets.set(file, { type, plain, brotli: compressed[0], gzip: compressed[1] })
    return `/assets/${file}`
  }

  const [styles, scripts, icon] = await Promise.all([
    Promise.all(STYLESHEETS.map((name) => text(`css/${name}.css`))),
    Promise.all(SCRIPTS.map((name) => text(`js/${name}.js`))),
    text('icons/contrechamp.svg'),
  ])
  const paths = {
    stylesheet: await add('forum.css', 'text/css; charset=utf-8', styles.join('\n')),
    script: await add('forum.js', 'text/javascript; charset=utf-8', scripts.map(inTask).join('')),
    icon: await add('icon.svg', 'image/svg+xml', icon),
  }

  app.get<{ Params: { file: string } }>('/assets/:file', async (request, reply) => {
    const asset = assets.get(request.params.file)
    if (!asset) throw notFound()
    const accepted = String(request.headers['accept-encoding'] ?? '')
    const encoding = accepted.includes('br') ? 'brotli' : accepted.includes('gzip') ? 'gzip' : 'plain'
    if (encoding !== 'plain') reply.header('content-encoding', encoding === 'brotli' ? 'br' : 'gzip')
    return reply
      .type(asset.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding')
      .send(asset[encoding])
  })
  return paths
}

/** Each script by itself: one that fails, for want of storage say, takes no other with it. */
const inTask = (script: string) => `queueMicrotask(() => {\n${script}})\n`

const text = (path: string) => readFile(new URL(path, STATIC), 'utf8')
