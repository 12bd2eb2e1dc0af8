import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyBaseLogger } from 'fastify'
import { OperatorError } from '../../process/operator-error.ts'
import { createCluster } from './cluster.ts'
import { makeDataFolder } from './data-folder.ts'
import { databaseUser } from './database-user.ts'
import { lockFolder } from './folder-lock.ts'
import { keepServer } from './keep-server.ts'
import { reachablePrograms } from './programs.ts'
import { EmbeddedServer, type ServerSettings } from './server.ts'
import { listensIn, removeOldLinks, socketFolder, socketUrl } from './socket-folder.ts'

/** The address of a PostgreSQL server in a data folder, until it is disposed of. */
export interface EmbeddedDatabase extends AsyncDisposable {
  url: string
}

interface Keeping {
  /** Where it is logged that the server has ended, and is started again; without, it is not looked after. */
  log?: FastifyBaseLogger
  /** Aborted when nobody waits for the start any more. */
  stop?: AbortSignal
}

/**
 * Errors are kept out of the server's log and statements too, because they quote what people wrote. The socket's
 * folder is meant from the cluster on, so that no path has to go through the shell of `pg_ctl`.
 */
const SETTINGS: ServerSettings = {
  listen_addresses: '',
  unix_socket_directories: '.',
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  max_connections: '100',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  max_wal_size: '2GB',
  jit: 'off',
}

/**
 * Starts the PostgreSQL of `dataDir`, creating it the first time; disposing of it stops it. The folder is locked
 * meanwhile, so that whoever has it knows that a server which runs there already was left behind by a forum that was
 * killed, and starts it anew. `pg_ctl` puts the server in a session of its own: it outlives the last request.
 * Null when another program has the folder.
 * @throws OperatorError when the folder cannot be written or reached, or the server does not start.
 */
export async function startEmbedded(
  dataDir: string,
  more: ServerSettings = {},
  { log, stop }: Keeping = {},
): Promise<EmbeddedDatabase | null> {
  await using endings = new AsyncDisposableStack()
  const cluster = join(dataDir, 'postgres')
  const user = await databaseUser(cluster)
  await makeDataFolder(dataDir, user)
  if (!endings.use(lockFolder(dataDir))) return null
  const programs = await reachablePrograms(dataDir, user)
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC', PGDATA: cluster }
  const options = { ...user.identity, cwd: dataDir, env }
  if (!existsSync(cluster)) await createCluster(dataDir, programs, user, options)
  await removeOldLinks(cluster)
  const sockets = endings.use(await socketFolder(cluster))

  const server = new EmbeddedServer(cluster, programs, options, { ...SETTINGS, ...more }, sockets.path)
  // Also one whose start is given up while it recovers.
  endings.defer(() => server.stop())
  await server.start('restart', stop)
  if (log) endings.use(keepServer(server, log))

  const started = endings.move()
  return { url: socketUrl(sockets.path), [Symbol.asyncDispose]: () => started.disposeAsync() }
}

/**
 * The PostgreSQL of a folder that another program has.
 * @throws OperatorError when it does not run at the moment, or belongs to another user.
 */
export async function neighbouringEmbedded(dataDir: string): Promise<EmbeddedDatabase> {
  await using endings = new AsyncDisposableStack()
  const sockets = endings.use(await socketFolder(join(dataDir, 'postgres')))
  if (!(await listensIn(sockets.path))) {
    throw new OperatorError(`The forum in ${dataDir} is starting or stopping: try again in a moment.`)
  }
  const found = endings.move()
  return { url: socketUrl(sockets.path), [Symbol.asyncDispose]: () => found.disposeAsync() }
}
