import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { OperatorError } from '../../operator-error.ts'
import { reachablePrograms } from './embedded-programs.ts'
import { type DatabaseUser, databaseUser, mustReach } from './embedded-user.ts'

const run = promisify(execFile)

/** A PostgreSQL server of the forum's own, in its data folder. */
export interface EmbeddedDatabase {
  url: string
  /** True when this process started the server, and so is the one to stop it. */
  startedHere: boolean
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** More server settings, as `postgres -c name=value` takes them. */
  settings?: Record<string, string>
}

/**
 * Errors are kept out of the server's log and statements too, because they quote what people wrote.
 * The data is on a Unix socket in a folder that only its owner enters, so no password is needed.
 */
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
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

/** How long a socket's path may be on Linux and macOS, with room for PostgreSQL's own file name. */
const LONGEST_SOCKET_FOLDER = 80

/**
 * Starts the PostgreSQL of `dataDir`, creating it the first time. A server that still runs there (its
 * forum was killed) is taken over as it is; `pg_ctl` puts it in a session of its own, so that Ctrl+C
 * reaches the forum only and the database outlives the last request.
 * @throws OperatorError when the folder cannot be written or reached, or the server does not start.
 */
export async function startEmbedded(dataDir: string, options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const cluster = join(dataDir, 'postgres')
  const user = await databaseUser(cluster)
  await makeDataFolder(dataDir, user)
  await mustReach(dataDir, user)
  const programs = await reachablePrograms(dataDir, user)
  const asUser = { ...user.identity, cwd: dataDir, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' } }
  const pgCtl = (...words: string[]) => run(programs.pgCtl, ['-D', cluster, '-s', ...words], asUser)

  if (!existsSync(cluster)) await createCluster()
  const sockets = await socketFolder()
  const running = await pgCtl('status').then(
    () => true,
    () => false,
  )
  if (!running) await startServer()

  return {
    url: `postgres:///contrechamp?host=${encodeURIComponent(sockets)}&user=contrechamp`,
    startedHere: !running,
    async stop() {
      await pgCtl('stop', '-m', 'fast', '-t', '60')
    },
  }

  /** Made beside its final place and renamed, so that a half-made cluster is never taken for a whole one. */
  async function createCluster(): Promise<void> {
    const unfinished = `${cluster}.unfinished`
    await rm(unfinished, { recursive: true, force: true })
    await mkdir(unfinished, { mode: 0o700 })
    if (user.identity.uid !== undefined) await chown(unfinished, user.identity.uid, user.identity.gid)
    await run(
      programs.initdb,
      ['-D', unfinished, '-U', 'contrechamp', '--auth=trust', '--encoding=UTF8', '--locale=C'].concat([
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
      ]),
      asUser,
    ).catch((error: unknown) => {
      throw new OperatorError(`The database could not be created in ${dataDir}: ${lastLine(error)}`)
    })
    const single = run(programs.postgres, ['--single', '-D', unfinished, 'postgres'], asUser)
    single.child.stdin?.end('create database contrechamp;\n')
    await single
    await rename(unfinished, cluster)
  }

  async function startServer(): Promise<void> {
    const settings = { ...SETTINGS, unix_socket_directories: sockets, ...options.settings }
    const words = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`)
    const log = join(cluster, 'server.log')
    await pgCtl('start', '-w', '-t', '60', '-l', log, '-o', words.join(' ')).catch(async (error: unknown) => {
      const reason = await readFile(log, 'utf8').then(lastLine, () => lastLine(error))
      throw new OperatorError(`The database in ${dataDir} does not start: ${reason}`)
    })
  }

  async function socketFolder(): Promise<string> {
    if (cluster.length <= LONGEST_SOCKET_FOLDER) return cluster
    const short = join(tmpdir(), `contrechamp-${Buffer.from(cluster).toString('base64url').slice(-32)}`)
    await mkdir(short, { recursive: true, mode: 0o700 })
    if (user.identity.uid !== undefined) await chown(short, user.identity.uid, user.identity.gid)
    return short
  }
}

async function makeDataFolder(dataDir: string, user: DatabaseUser): Promise<void> {
  const mode = user.identity.uid === undefined ? 0o700 : 0o711
  try {
    await mkdir(dataDir, { recursive: true, mode })
  } catch (error) {
    throw new OperatorError(
      `DATA_DIR ${dataDir} cannot be created (${lastLine(error)}). Choose a folder you may write in.`,
    )
  }
}

function lastLine(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  return said.trim().split('\n').at(-1) ?? ''
}
