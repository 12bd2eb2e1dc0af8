import { get, type IncomingMessage } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { LoadedRequest } from './load.ts'

const DECOMPRESSORS: Record<string, (body: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  zstd: zstdDecompressSync,
}
const asItIs = (body: Buffer): Buffer => body

/** A page as it came over the wire. */
export interface Fetched {
  status: number
  headers: IncomingMessage['headers']
  /** Head and body together. */
  bytes: number
  bodyBytes: number
  /** Uncompressed. */
  text: string
}

/** Asks once, as a browser does. */
export async function fetchPage(origin: string, { path, headers }: LoadedRequest): Promise<Fetched> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    get(new URL(path, origin), { headers, agent: false }, resolve).on('error', reject)
  })
  const body = await buffer(answer)
  const names = answer.rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0)
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    bytes: `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n\r\n`.length + names + body.length,
    bodyBytes: body.length,
    text: String((DECOMPRESSORS[String(answer.headers['content-encoding'])] ?? asItIs)(body)),
  }
}

/** A page that is measured, and by what one sees that it is the right one. */
export interface MeasuredPage extends LoadedRequest {
  /** Stands in the page. */
  says: string
  /** A piece of markup that stands in it so many times. */
  holds: { markup: string; times: number }
}

/** @throws Error unless the page is a complete one with what it should show. */
export async function checkPage(origin: string, page: MeasuredPage): Promise<Fetched> {
  const fetched = await fetchPage(origin, page)
  const { status, text } = fetched
  const wrong =
    status !== 200
      ? `status ${status}`
      : !text.trimEnd().endsWith('</html>')
        ? 'it has no end'
        : !text.includes(page.says)
          ? `it does not say "${page.says}"`
          : text.split(page.holds.markup).length - 1 !== page.holds.times
            ? `"${page.holds.markup}" stands in it ${text.split(page.holds.markup).length - 1} times, not ${page.holds.times}`
            : null
  if (wrong) throw new Error(`${page.path}: ${wrong}`)
  return fetched
}

/** The page at an address that nobody has asked for: what is kept is compressed better. */
export const unkept = <Page extends LoadedRequest>(page: Page, parameter: string): Page => ({
  ...page,
  path: `${page.path}${page.path.includes('?') ? '&' : '?'}${parameter}=0`,
})
