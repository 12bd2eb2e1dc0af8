import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface Receiver {
  origin: string
  received: Received[]
  /** How it answers from now on. */
  answer: RequestListener
}

/** A program of somebody's that listens on this machine, as the receiver of a webhook does. */
export async function startReceiver(t: Test): Promise<Receiver> {
  const receiver: Receiver = { origin: '', received: [], answer: (_request, response) => response.end() }
  const server = createServer(async (request, response) => {
    const body = await text(request)
    receiver.received.push({ path: request.url ?? '', headers: request.headers, body })
    receiver.answer(request, response)
  })
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  receiver.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return receiver
}
