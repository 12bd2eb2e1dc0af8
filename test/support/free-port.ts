import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { isFirst } from './is-first.ts'
import { portsFolder } from './test-database.ts'

/**
 * A port of this machine that nothing listens on, and that no other test is given: who asks for one listens a little later,
 * and the system may offer it to another process meanwhile.
 */
export async function freePort(): Promise<number> {
  await mkdir(portsFolder(), { recursive: true })
  while (true) {
    const port = await unusedPort()
    if (await isFirst(join(portsFolder(), String(port)))) return port
  }
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}
