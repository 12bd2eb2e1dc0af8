import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from '../network-of.ts'
import type { Trusts } from './trusted-proxies.ts'

/** A phone that loses its network for less than this keeps its connection. */
const LONGEST_SILENCE_MILLISECONDS = 30_000
/** A client that needs longer than this for a page takes it drop by drop, to keep the memory in use: it is cut off. */
const LONGEST_ANSWER_MILLISECONDS = 300_000
/** When only so many places are left, the connections that do least are closed: closing takes a moment. */
const PLACES_KEPT_FREE = 16
/** How many connections are looked at for one that can go. */
const MOST_LOOKED_AT = 500
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
 * Ends connections that give nothing back: too many of one address, those that say nothing, and those that do not take what
 * they asked for. Where there is no room, the oldest of these goes at once: whoever comes to read is let in.
 */
export function limitConnections(server: Server, limits: ConnectionLimits, answers: Answers): void {
  const { most, trusts, refused } = limits
  const { silence = LONGEST_SILENCE_MILLISECONDS, longestAnswer = LONGEST_ANSWER_MILLISECONDS } = limits
  /** Those that were looked at longest ago come first. */
  const open = new Set<Socket>()
  const upgraded = new WeakSet<object>()
  const ofAddress = new Map<string, number>()
  const mostOfAddress = Math.max(FEWEST_OF_AN_ADDRESS, Math.min(MOST_OF_AN_ADDRESS, Math.floor(most / 8)))
  server.maxConnections = most
  server.timeout = silence

  function makeRoom(): void {
    let looked = 0
    for (const socket of open) {
      looked += 1
      if (looked > MOST_LOOKED_AT) return
      open.delete(socket)
      if (!upgraded.has(socket) && mayGo(answers.get(socket), silence)) {
        socket.destroy()
        return
      }
      open.add(socket)
    }
  }

  server.on('connection', (socket) => {
    if (open.size >= most - PLACES_KEPT_FREE) makeRoom()
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
  server.on('upgrade', (_request, socket) => upgraded.add(socket))
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

/** Whether a connection may be closed: nothing was asked on it yet, all was answered, or its client is very slow. */
function mayGo(answering: Answering | undefined, silence: number): boolean {
  if (!answering) return true
  const { request, response, since } = answering
  if (response.writableFinished) return true
  const waitsForClient = !request.complete || response.writableEnded
  return waitsForClient && performance.now() - since > silence
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
