import { once } from 'node:events'
import { type ClientRequest, request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import { resolveHost } from './resolve-host.ts'

/** What came of sending something to an address that somebody else has chosen. */
export type Outcome = { status: number } | { problem: Unanswered }
/** Why there was no answer; what exactly was wrong in a network that is not theirs is nobody's to learn. */
export type Unanswered = 'private' | 'unreachable' | 'insecure' | 'too_slow'

/** In milliseconds, from the look-up to the status. */
const LONGEST_ANSWER = 10_000
const LARGEST_HEAD = 16_384
/** How often a receiver may say that it is at work (RFC 9110, 15.2): each time is read like an answer. */
const MOST_INFORMATION = 100

/** Addresses that may be connected to. */
export type Reaches = (address: string) => boolean

/**
 * Sends a text to an address that somebody else has chosen, and reads the status of the answer and nothing more. Follows no
 * redirect: that would lead where nobody has looked.
 * @param reaches asked of the address that was looked up, and again of the one that was connected to, before a word is sent.
 */
export async function postTo(
  url: URL,
  body: string,
  headers: Record<string, string>,
  reaches: Reaches,
  longestAnswer = LONGEST_ANSWER,
): Promise<Outcome> {
  const signal = AbortSignal.timeout(longestAnswer)
  const opened: Socket[] = []
  try {
    const addresses = await resolveHost(hostOf(url), signal)
    const [address] = addresses
    // A name that leads to both kinds is not one that anybody has by accident.
    if (!address || !addresses.every(reaches)) return { problem: address ? 'private' : 'unreachable' }
    const socket = connect({ host: address, port: Number(url.port) || (isSecure(url) ? 443 : 80) })
    opened.push(socket)
    await once(socket, 'connect', { signal })
    if (!reaches(socket.remoteAddress ?? '')) return { problem: 'private' }
    return { status: await statusOf(send(url, body, headers, socket, signal)) }
  } catch (error) {
    return { problem: signal.aborted ? 'too_slow' : isUntrusted(error) ? 'insecure' : 'unreachable' }
  } finally {
    for (const socket of opened) socket.destroy()
  }
}

const isSecure = ({ protocol }: URL): boolean => protocol === 'https:'
/** An IPv6 address stands in brackets. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '')

function send(url: URL, body: string, headers: Record<string, string>, socket: Socket, signal: AbortSignal) {
  const options = {
    method: 'POST',
    host: hostOf(url),
    path: url.pathname + url.search,
    headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body), connection: 'close' },
    maxHeaderSize: LARGEST_HEAD,
    signal,
  }
  const host = hostOf(url)
  const sent = isSecure(url)
    ? requestSecure({
        ...options,
        createConnection: () => connectSecurely({ socket, host, ...(isIP(host) ? {} : { servername: host }) }),
      })
    : requestPlain({ ...options, createConnection: () => socket })
  return sent.end(body)
}

async function statusOf(sent: ClientRequest): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  sent.on('response', (response) => {
    resolve(response.statusCode ?? 0)
    response.destroy()
  })
  let informed = 0
  sent.on('information', () => {
    informed += 1
    if (informed > MOST_INFORMATION) sent.destroy()
  })
  // Also after the answer: a receiver may cut the line as it likes.
  sent.on('error', reject)
  sent.on('close', () => reject(new Error('The connection ended without an answer')))
  return promise
}

/** A certificate that is not that of the host, by Node's codes. */
const isUntrusted = (error: unknown): boolean =>
  /CERT|^ERR_TLS|^ERR_SSL|^UNABLE_TO|^DEPTH_ZERO|^EPROTO/.test(String(Object(error).code ?? ''))
