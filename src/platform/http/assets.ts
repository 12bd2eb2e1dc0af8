import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Type } from 'typebox'
import { notFound } from '../problem.ts'
import { file } from './answers.ts'
import type { App } from './app.ts'
import { compressBest } from './compress.ts'
import { acceptedEncodings, type Encoding } from './encodings.ts'
import { headerText } from './header-text.ts'

/** The files of a site, by their paths in a folder. */
export interface AssetFiles {
  folder: URL
  /** How the files that go over the wire are called. */
  name: string
  /** In the order in which they apply: one file goes over the wire, so that a first view is few requests. */
  stylesheets: readonly string[]
  /** A file for each group of pages. Each script is whole in itself; they know each other only by the document's events. */
  scripts: Record<string, readonly string[]>
  icon: string
}

/** Where the site's style, scripts and icon are; their names change with their content. */
export interface AssetPaths {
  stylesheet: string
  /** By their groups. */
  scripts: ReadonlyMap<string, string>
  icon: string
}

interface Asset {
  type: string
  plain: Buffer
  /** Compressed when somebody first takes it so. */
  compressed: Map<Encoding, Promise<Buffer>>
}

/**
 * Serves the style, the scripts and the icon under names made of their content, so that browsers may keep them
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
  const sources = async (paths: readonly string[]) => (await Promise.all(paths.map(text))).map(lean)
  const addScripts = async ([group, paths]: [string, readonly string[]]) => {
    const scripts = await sources(paths)
    return [group, add(`${group}.js`, 'text/javascript; charset=utf-8', scripts.map(inTask).join(''))] as const
  }
  const [styles, icon] = await Promise.all([sources(files.stylesheets), text(files.icon)])
  const paths = {
    stylesheet: add(`${files.name}.css`, 'text/css; charset=utf-8', styles.join('\n')),
    scripts: new Map(await Promise.all(Object.entries(files.scripts).map(addScripts))),
    icon: add('icon.svg', 'image/svg+xml', icon),
  }

  const schema = { params: Type.Object({ file: Type.String({ maxLength: 200 }) }), response: { 200: file } }
  app.get('/assets/:file', { schema }, async (request, reply) => {
    const asset = assets.get(request.params.file)
    if (!asset) throw notFound()
    const { smallest: encoding } = acceptedEncodings(headerText(request.headers['accept-encoding']))
    if (encoding !== 'identity') reply.header('content-encoding', encoding)
    const body = asset.compressed.get(encoding) ?? compressBest(asset.plain, encoding)
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

/** A type that TypeScript reads, before what it is the type of. */
const TYPE_NOTE = /\/\*\* @type [^*]*\*\/ /g

/**
 * A source without the lines that are comments, types and indentation, which are for who reads it in the repository: they
 * are a third of what phones would download. None of our sources has a text of several lines in it.
 */
export function lean(source: string): string {
  const kept: string[] = []
  let isComment = false
  for (const line of source.split('\n').map((one) => one.trim())) {
    if (line.startsWith('/*') && (!line.includes('*/') || line.endsWith('*/'))) isComment = true
    if (!isComment && line !== '' && !line.startsWith('//')) kept.push(line.replace(TYPE_NOTE, ''))
    if (line.endsWith('*/')) isComment = false
  }
  return `${kept.join('\n')}\n`
}
