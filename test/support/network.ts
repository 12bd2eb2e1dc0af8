import { connect, createServer, type Socket } from 'node:net'
import type { Test } from 'tap'
import { freePort } from './free-port.ts'

/** A way to a server that can be cut and mended, as trains go through tunnels. */
export interface Network {
  port: number
  origin: string
  /** How many connections were asked for, whether they came about or not. */
  asked: number
  /** Ends every connection, and lets none come about. */
  cut(): void
  /** Passes nothing on any more and says nothing about it, as where a cable was pulled out; new connections work. */
  hush(): void
  mend(): void
}

/** @param to the port of a server on this machine, or the path of its socket. */
export async function openNetwork(t: Test, to: number | string): Promise<Network> {
  const connections = new Set<Socket>()
  let whole = true
  const server = createServer((near) => {
    network.asked += 1
    near.on('error', () => {})
    if (!whole) return near.destroy()
    const far = typeof to === 'number' ? connect(to, '127.0.0.1') : connect(to)
    far.on('error', () => near.destroy())
    for (const socket of [near, far]) {
      connections.add(socket)
      socket.on('close', () => {
        connections.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  const port = await freePort()
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const end = () => {
    for (const socket of connections) socket.destroy()
  }
  t.teardown(() => {
    end()
    server.close()
  })
  const network: Network = {
    port,
    origin: `http://127.0.0.1:${port}`,
    asked: 0,
    cut() {
      whole = false
      end()
    },
    hush() {
      for (const socket of connections) socket.unpipe().pause()
    },
    mend() {
      whole = true
    },
  }
  return network
}
