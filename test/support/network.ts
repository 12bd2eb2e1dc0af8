import { connect, createServer, type Socket } from 'node:net'
import type { Test } from 'tap'
import { freePort } from './forum.ts'

/** A way to a forum that can be cut and mended, as trains go through tunnels. */
export interface Network {
  origin: string
  /** Ends every connection, and lets none come about. */
  cut(): void
  mend(): void
}

export async function openNetwork(t: Test, origin: string): Promise<Network> {
  const forum = Number(new URL(origin).port)
  const connections = new Set<Socket>()
  let whole = true
  const server = createServer((near) => {
    near.on('error', () => {})
    if (!whole) return near.destroy()
    const far = connect(forum, '127.0.0.1')
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
  return {
    origin: `http://127.0.0.1:${port}`,
    cut() {
      whole = false
      end()
    },
    mend() {
      whole = true
    },
  }
}
