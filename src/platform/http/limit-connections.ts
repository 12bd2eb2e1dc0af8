import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from './network-of.ts'
import type { Trusts } from './trusted-proxies.ts'

/** A phone in a tunnel comes back within this, or begins anew. */
const LONGEST_SILENCE_MILLISECONDS = 30_000
/** A page that is still not taken after this is taken drop by drop, to keep it in memory. */
const LONGEST_ANSWER_MILLISECONDS = 300_000
/** A whole library or a mobile network may be behind one address; each person in it has some six connections. */
const MOST_OF_AN_ADDRESS = 500
const FEWEST_OF_AN_ADDRESS = 32

export interface ConnectionLimits {
  /** Connections in all. */
  most: number
  /** Whose connections are many people's, and not counted by address. */
  trusts: Trusts
  /** Called when one was refused, with the reason. */
  refused: (reason: 'full' | 'address') => void
  /** How long one may say and take nothing. */
  silence?: number
  /** How long a page may take to be taken. */
  longestAnswer?: number
}

interface Answering {
  request: IncomingMessage
  response: ServerResponse
  since: number
}

/** What each connection is being answered. */
export type Answers = WeakMap<Socket, Answering>

/**
 * Ends connections that give nothing back: more than fit, too many of one address, those that say nothing, and those that
 * do not take what they asked for.
 */
export function limitConnections(server: Server, limits: ConnectionLimits, answers: Answers): void {
  const { most, trusts, refused } = limits
  const { silence = LONGEST_SILENCE_MILLISECONDS, longestAnswer = LONGEST_ANSWER_MILLISECONDS } = limits
  const open = new Set<Socket>()
  const ofAddress = new Map<string, number>()
  const mostOfAddress = Math.max(FEWEST_OF_AN_ADDRESS, Math.min(MOST_OF_AN_ADDRESS, Math.floor(most / 8)))
  server.maxConnections = most
  server.timeout = silence

  server.on('connection', (socket) => {
    open.add(socket)
    const address = trusts(socket.remoteAddress) ? null : networkOf(socket.remoteAddress ?? '')
    socket.once('close', () => {
      open.delete(socket)
      if (address !== null) countDown(ofAddress, address)
    })
    if (address === null) return
    const count = (ofAddress.get(address) ?? 0) + 1
    ofAddress.set(address, count)
    if (count <= mostOfAddress) return
    refused('address')
    socket.destroy()
  })
  server.on('drop', () => refused('full'))
  server.on('timeout', (socket) => {
    if (!isAtWork(answers.get(socket))) socket.destroy()
  })

  const sweeping = setInterval(() => {
    for (const socket of open) if (isDripping(answers.get(socket), longestAnswer)) socket.destroy()
  }, silence).unref()
  server.on('close', () => clearInterval(sweeping))
}

/** Whether it is the forum that is being waited for: a lock in the database or a long text takes its time. */
function isAtWork(answering: Answering | undefined): boolean {
  if (!answering) return false
  const { request, response } = answering
  return request.complete && !response.writableEnded && response.writableLength === 0
}

function isDripping(answering: Answering | undefined, longest: number): boolean {
  if (!answering) return false
  const { response, since } = answering
  const taken = response.writableFinished || !response.writableEnded
  return !taken && performance.now() - since > longest
}

function countDown(counts: Map<string, number>, key: string): void {
  const count = (counts.get(key) ?? 0) - 1
  if (count > 0) counts.set(key, count)
  else counts.delete(key)
}
