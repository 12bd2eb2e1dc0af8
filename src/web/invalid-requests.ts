import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { barePage } from '../platform/http/bare-page.ts'
import type { MessageKey } from '../platform/text/i18n/translate.ts'

const CLIENT_ERRORS: Record<string, { status: number; key: MessageKey }> = {
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, key: 'errors.too_slow' },
  HPE_HEADER_OVERFLOW: { status: 431, key: 'errors.long_address' },
}

/** Answers bytes that are no valid request, or a request that came too slowly, and closes the connection. */
export function answerClientError(headers: Record<string, string>) {
  return ({ code = '' }: { code?: string }, socket: Socket): void => {
    if (code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const { status, key } = CLIENT_ERRORS[code] ?? { status: 400, key: 'errors.bad_request' }
    const page = barePage(status, key)
    const all = {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(Buffer.byteLength(page)),
      connection: 'close',
    }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${page}`, () => socket.destroy())
  }
}

/** Answers addresses that Fastify's router cannot read. */
export function answerUnroutable(headers: Record<string, string>) {
  return (_error: unknown, _request: FastifyRequest, reply: FastifyReply): void => {
    const page = barePage(400, 'errors.bad_request')
    reply.code(400).headers(headers).type('text/html; charset=utf-8').send(page)
  }
}
