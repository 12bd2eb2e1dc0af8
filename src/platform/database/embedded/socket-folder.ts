import { mkdtemp, readdir, readlink, rm, symlink } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SOCKET_PORT = 5432
const SOCKET = `.s.PGSQL.${SOCKET_PORT}`

/** How many bytes the path of a socket may have on macOS; on Linux some more. */
const LONGEST_SOCKET_PATH = 103

const LINK_FOLDER = 'contrechamp-'
const LINK = 'link'

/**
 * The folder by which the socket of a cluster is reached: its own, or where that path is too long, a link to it with a
 * random name, which is gone when it is disposed of.
 */
export async function socketFolder(cluster: string): Promise<AsyncDisposable & { path: string }> {
  if (Buffer.byteLength(join(cluster, SOCKET)) <= LONGEST_SOCKET_PATH) {
    return { path: cluster, async [Symbol.asyncDispose]() {} }
  }
  const folder = await mkdtemp(join(tmpdir(), LINK_FOLDER))
  const path = join(folder, LINK)
  await symlink(cluster, path)
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) }
}

/** Removes the links to a cluster of programs that were killed. Whoever calls this has the cluster to themselves. */
export async function removeOldLinks(cluster: string): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(LINK_FOLDER)) continue
    const folder = join(tmpdir(), name)
    const leadsTo = await readlink(join(folder, LINK)).catch(() => null)
    if (leadsTo === cluster) await rm(folder, { recursive: true, force: true })
  }
}

/** Whether a server listens there. A number of a process in a file would say less: it may by now be another program's. */
export async function listensIn(folder: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = createConnection(join(folder, SOCKET))
  socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
  const listens = await promise
  socket.destroy()
  return listens
}

/** Port and encryption are said too, because the environment may name others, for other programs. */
export const socketUrl = (sockets: string): string =>
  `postgres:///contrechamp?host=${encodeURIComponent(sockets)}&port=${SOCKET_PORT}&sslmode=disable&user=contrechamp`
