import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { Wording } from '../../../views/page.ts'
import { postAsText, type TextFormat, type ThreadHead, threadHead } from '../../../views/threads/thread-as-text.ts'
import { boardCatalogue, boardsOf } from '../../forum/boards/catalogue.ts'
import { findThread } from '../../forum/discussion/find-thread.ts'
import type { Thread } from '../../forum/discussion/thread-queries.ts'
import { writtenPosts } from '../../forum/discussion/written-posts.ts'
import type { Forum } from '../../forum/forum.ts'
import { threadPath } from '../../paths.ts'
import { moved, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { originFor } from '../../platform/http/asked-origin.ts'
import { compressingStream } from '../../platform/http/compress.ts'
import { acceptedEncodings } from '../../platform/http/encodings.ts'
import { headerText } from '../../platform/http/header-text.ts'
import { networkDigest } from '../../platform/rate-limits/rate-limits.ts'
import { printable } from '../../platform/text/printable.ts'
import { Id } from '../shapes.ts'

/** Raise it when a release writes the same thread differently, or readers keep the old text. */
const VERSION = 2

const MEDIA = { md: 'text/markdown', txt: 'text/plain' } as const

/** A whole thread as Markdown or plain text, to keep, search and quote. */
export function wholeThreadRoutes(app: App, forum: Forum): void {
  for (const format of ['md', 'txt'] as const) {
    const text = { description: 'The whole thread', content: { [MEDIA[format]]: { schema: Type.Unknown() } } }
    const schema = { params: Type.Object({ id: Id }), response: { 200: text, 301: moved, 304: nothing } }
    app.get(`/threads/:id.${format}`, { schema }, async (request, reply) => {
      const thread = await findThread(forum, request.params.id, request.member)
      const boards = boardsOf(await boardCatalogue(forum), thread)
      const address = `${originFor(request, forum.config.origin)}${threadPath(thread)}`
      const head = { title: thread.title, boards, address }
      const tag = tagOf(format, request.page, thread, head)
      reply
        .header('etag', tag)
        // Search engines should find the thread's page instead.
        .header('x-robots-tag', 'noindex')
        .header('cache-control', request.member ? 'private, no-cache' : 'no-cache')
        .header('vary', 'accept-encoding, accept-language, cookie')
      if (headerText(request.headers['if-none-match'])?.includes(tag)) return reply.code(304).send()
      const group = request.member ? String(request.member.id) : networkDigest(request)
      const written = wholeText(forum, format, request.page, thread, head, group)
      return reply.type(`${MEDIA[format]}; charset=utf-8`).send(compressed(request, reply, Readable.from(written)))
    })
  }
}

async function* wholeText(
  forum: Forum,
  format: TextFormat,
  reader: Wording,
  thread: Thread,
  head: ThreadHead,
  group: string,
): AsyncGenerator<string> {
  yield printable(threadHead(format, reader, head))
  for await (const posts of writtenPosts(forum, thread, group)) {
    yield printable(posts.map((post) => postAsText(format, reader, post)).join(''))
  }
}

/** A tag from what determines the text, so that a long thread is not read for somebody who has it (RFC 9110, 8.8.3). */
function tagOf(format: TextFormat, { language, timeZone }: Wording, thread: Thread, head: ThreadHead): string {
  const { lastNumber, changeNumber } = thread
  const made = [VERSION, format, language, timeZone, lastNumber, changeNumber, head]
  const hash = createHash('sha256').update(JSON.stringify(made)).digest('base64url').slice(0, 22)
  return `W/"${hash}"`
}

function compressed(request: FastifyRequest, reply: FastifyReply, written: Readable): Readable {
  const { quickest: encoding } = acceptedEncodings(headerText(request.headers['accept-encoding']))
  const compressing = compressingStream(encoding)
  if (!compressing) return written
  reply.header('content-encoding', encoding)
  // When one stream ends early, `pipeline` ends the other. Fastify sees the error on the stream that it reads.
  return pipeline(written, compressing, () => {})
}
