import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as later } from 'node:timers/promises'
import type { Test } from 'tap'

const PROBE_MILLISECONDS = 50

/** A proxy that shares requests and live windows out among processes, in turn, and sends none to one that does not answer or is about to stop. */
export interface Balancer {
  origin: string
  /** Sends everything to one of the processes, or to all of them again. */
  sendTo(place: number | 'each in turn'): void
  /** How many requests each process has answered. */
  answered: number[]
  /** What could not be handed on: it is answered 502, and never tried a second time. */
  failed: string[]
  isReady(place: number): boolean
}

interface Backend {
  port: number
  ready: boolean
  agent: Agent
}

/** @param port its own. @param ports of the processes, which may come and go. */
export async function openBalancer(t: Test, port: number, ports: readonly number[]): Promise<Balancer> {
  const backends = ports.map((to): Backend => ({ port: to, ready: false, agent: new Agent({ keepAlive: true }) }))
  const windows = new Set<Socket>()
  const answered = ports.map(() => 0)
  const failed: string[] = []
  let chosen: number | 'each in turn' = 'each in turn'
  let turn = 0
  let ended = false

  function next(): [place: number, backend: Backend] | null {
    for (let tries = 0; tries < backends.length; tries += 1) {
      turn += 1
      const place = chosen === 'each in turn' ? turn % backends.length : chosen
      const backend = backends[place]
      if (backend?.ready) return [place, backend]
    }
    return null
  }

  const server = createServer((asked, answer) => {
    const found = next()
    if (!found) {
      failed.push(`no process is ready for ${asked.method} ${asked.url}`)
      return answer.writeHead(503).end()
    }
    const [place, { port: to, agent }] = found
    const headers = { ...asked.headers, ...forwarded(asked) }
    const sent = request({ port: to, host: '127.0.0.1', method: asked.method, path: asked.url, headers, agent })
    sent.on('response', (got) => {
      answered[place] = (answered[place] ?? 0) + 1
      answer.writeHead(got.statusCode ?? 502, got.rawHeaders)
      got.pipe(answer)
    })
    sent.on('error', (error) => {
      failed.push(`${asked.method} ${asked.url} at ${place}: ${error.message}`)
      if (!answer.headersSent) answer.writeHead(502)
      answer.end()
    })
    asked.pipe(sent)
  })
  server.on('upgrade', (asked: IncomingMessage, near: Socket, head: Buffer) => {
    const found = next()
    near.on('error', () => {})
    if (!found) return near.destroy()
    const far = connect(found[1].port, '127.0.0.1', () => {
      const lines = Object.entries({ ...asked.headers, ...forwarded(asked) }).map(
        ([name, value]) => `${name}: ${value}`,
      )
      far.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      far.write(head)
      near.pipe(far).pipe(near)
    })
    far.on('error', () => near.destroy())
    for (const socket of [near, far]) {
      windows.add(socket)
      socket.on('close', () => {
        windows.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
  })

  async function probe(backend: Backend): Promise<void> {
    while (!ended) {
      const asked = fetch(`http://127.0.0.1:${backend.port}/healthz`, { headers: { connection: 'close' } })
      backend.ready = await asked.then(
        async (answer) => (await answer.text()) === 'alive\n',
        () => false,
      )
      await later(PROBE_MILLISECONDS)
    }
  }
  for (const backend of backends) void probe(backend)

  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  t.teardown(() => {
    ended = true
    for (const { agent } of backends) agent.destroy()
    for (const socket of windows) socket.destroy()
    server.closeAllConnections()
    server.close()
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    sendTo(place) {
      chosen = place
    },
    answered,
    failed,
    isReady: (place) => backends[place]?.ready ?? false,
  }
}

const forwarded = ({ socket, headers }: IncomingMessage): Record<string, string> => ({
  'x-forwarded-for': [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', '),
  'x-forwarded-proto': 'http',
  'x-forwarded-host': headers.host ?? '',
})
