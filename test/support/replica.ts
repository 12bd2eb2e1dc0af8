import { execFile } from 'node:child_process'
import { appendFile, chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Test } from 'tap'
import { type EmbeddedDatabase, startEmbedded } from '../../src/platform/database/embedded/embedded.ts'
import { pauseServer } from './pause-server.ts'
import { dataFolder, type Ending } from './served.ts'

/** A crash of the machine may lose this data; and who follows a server that was away comes back to it soon. */
const SETTINGS = { fsync: 'off', wal_retrieve_retry_interval: '200ms' }

const run = promisify(execFile)

/** A PostgreSQL server of a test's own, that may be followed. */
export interface PrimaryServer {
  url: string
  cluster: string
  /** Stands still, as `ReplicaServer.freeze`. */
  freeze(): Promise<() => void>
  /** Ends without a word. */
  kill(): Promise<void>
  start(): Promise<void>
}

export async function startPrimary(t: Test): Promise<PrimaryServer> {
  const folder = await dataFolder(t)
  const cluster = join(folder, 'postgres')
  let server: EmbeddedDatabase | null = null
  const primary: PrimaryServer = {
    url: '',
    cluster,
    freeze: () => pauseServer(primary.url, cluster),
    async kill() {
      const [first] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')
      process.kill(Number(first), 'SIGKILL')
      await server?.[Symbol.asyncDispose]()
      server = null
    },
    async start() {
      server = await startEmbedded(folder, SETTINGS)
      if (!server) throw new Error('A new folder in use')
      primary.url = server.url
    },
  }
  await primary.start()
  t.teardown(() => server?.[Symbol.asyncDispose]())
  return primary
}

/** A hot standby that follows a primary by streaming. */
export interface ReplicaServer {
  url: string
  /** Replays nothing more for now. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Stands still: connections stay open, and nobody answers. Answers what lets it go on. */
  freeze(): Promise<() => void>
  stop(): Promise<void>
  start(): Promise<void>
}

/** Copies the folder of a server that runs (PostgreSQL's manual, 25.3.3), and has the copy follow it. */
export async function startReplica(t: Ending, primary: { url: string; cluster: string }): Promise<ReplicaServer> {
  const folder = await dataFolder(t)
  const cluster = join(folder, 'postgres')
  await mkdir(folder)
  await chmod(folder, 0o711)
  const client = new pg.Client({ connectionString: primary.url })
  await client.connect()
  await client.query(`select pg_backup_start('replica', true)`)
  // With its owner: PostgreSQL does not run as root.
  await run('cp', ['-a', primary.cluster, cluster])
  const { rows } = await client.query<{ label: string }>('select labelfile as label from pg_backup_stop(false)')
  await client.end()
  for (const name of ['postmaster.pid', '.s.PGSQL.5432', '.s.PGSQL.5432.lock'])
    await rm(join(cluster, name), { force: true })
  const { uid, gid } = await stat(cluster)
  for (const [name, words] of [
    ['backup_label', rows[0]?.label ?? ''],
    ['standby.signal', ''],
  ] as const) {
    await writeFile(join(cluster, name), words)
    await chown(join(cluster, name), uid, gid)
  }
  const { searchParams } = new URL(primary.url.replace('postgres:///', 'postgres://localhost/'))
  const place = `host=${searchParams.get('host')} port=${searchParams.get('port')} user=contrechamp`
  await appendFile(join(cluster, 'postgresql.auto.conf'), `primary_conninfo = '${place}'\n`)

  let server: EmbeddedDatabase | null = null
  const replica: ReplicaServer = {
    url: '',
    pause: () => order('select pg_wal_replay_pause()'),
    resume: () => order('select pg_wal_replay_resume()'),
    freeze: () => pauseServer(replica.url, cluster),
    async stop() {
      await server?.[Symbol.asyncDispose]()
      server = null
    },
    async start() {
      server = await startEmbedded(folder, SETTINGS)
      if (!server) throw new Error('A new folder in use')
      replica.url = server.url
    },
  }
  async function order(statement: string): Promise<void> {
    const here = new pg.Client({ connectionString: replica.url })
    await here.connect()
    await here.query(statement)
    await here.end()
  }
  await replica.start()
  t.teardown(() => replica.stop())
  return replica
}
