import { AsyncResource } from 'node:async_hooks'
import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'

/** Browsers send one request at a time; programs that send more at once have this many waiting for an answer. */
const MOST_WAITING = 100

/**
 * Answers the requests of one connection one after the other, each only when what came before has been taken: whoever
 * sends a thousand in one write would else have a thousand pages lying in memory.
 */
export function inTurn(listener: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>()
  return (request, response) => {
    // Node gives an answer its socket when its turn has come.
    if (response.socket) {
      listener(request, response)
      return
    }
    const { socket } = request
    const count = (waiting.get(socket) ?? 0) + 1
    if (count > MOST_WAITING) {
      socket.destroy()
      return
    }
    waiting.set(socket, count)
    // It is told in the middle of the answer before, and must not read where that one did: from a replica, say.
    const listenHere = AsyncResource.bind(listener)
    response.once('socket', () => {
      waiting.set(socket, (waiting.get(socket) ?? 1) - 1)
      // Not at once: Node has yet to note that it is this one's turn.
      process.nextTick(listenHere, request, response)
    })
  }
}
