import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { Test } from 'tap'
import { startEmbedded } from '../../src/platform/database/embedded/embedded.ts'
import { migrateDatabase } from '../../src/platform/database/migrations.ts'
import { pauseServer } from './pause-server.ts'

const run = promisify(execFile)

/** A PostgreSQL of a test's own, with which it may do what a machine does to it. */
export interface OwnDatabase {
  url: string
  /** What it and other programs write on; small where the system gives us a disk of our own, else as large as any. */
  disk: string
  hasOwnDisk: boolean
  /** Runs one statement on a connection of its own. */
  ask<Row extends pg.QueryResultRow>(statement: string): Promise<pg.QueryResult<Row>>
  /** All of it stands still, as on a machine that is out of memory; nobody says that anything is wrong. */
  pause(): Promise<void>
  goOn(): void
}

/** @param megabytes of its disk. */
export async function startOwnDatabase(
  t: Test,
  megabytes: number,
  settings: Record<string, string>,
): Promise<OwnDatabase> {
  const disk = await mkdtemp(join(tmpdir(), 'contrechamp-disk-'))
  const hasOwnDisk = await mount(disk, megabytes)
  t.teardown(async () => {
    if (hasOwnDisk) await run('umount', ['--lazy', disk])
    await rm(disk, { recursive: true, force: true })
  })
  await chmod(disk, 0o755)
  const server = await startEmbedded(join(disk, 'data'), { fsync: 'off', ...settings })
  if (!server) throw new Error('A new folder in use')
  const ask = async <Row extends pg.QueryResultRow>(statement: string) => {
    // Whatever the server is set to: it is set otherwise by this.
    const client = new pg.Client({ connectionString: server.url, options: '-c default_transaction_read_only=off' })
    await client.connect()
    try {
      return await client.query<Row>(statement)
    } finally {
      await client.end()
    }
  }
  let goOn = () => {}
  t.teardown(async () => {
    goOn()
    await server[Symbol.asyncDispose]()
  })
  await migrateDatabase(server.url)
  return {
    url: server.url,
    disk,
    hasOwnDisk,
    ask,
    async pause() {
      goOn = await pauseServer(server.url, join(disk, 'data', 'postgres'))
    },
    goOn: () => goOn(),
  }
}

/** Whether we may: as root on most machines. */
async function mount(folder: string, megabytes: number): Promise<boolean> {
  return run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder]).then(
    () => true,
    () => false,
  )
}
