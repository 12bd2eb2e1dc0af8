import { join } from 'node:path'
import pg from 'pg'
import type { Test } from 'tap'
import { startEmbedded } from '../../src/platform/database/embedded/embedded.ts'
import { migrateDatabase } from '../../src/platform/database/migrations.ts'
import { pauseServer } from './pause-server.ts'
import type { SmallDisk } from './small-disk.ts'

/** A PostgreSQL of a test's own, with which it may do what a machine does to it. */
export interface OwnDatabase {
  url: string
  /** Runs one statement on a connection of its own. */
  ask<Row extends pg.QueryResultRow>(statement: string): Promise<pg.QueryResult<Row>>
  /** All of it stands still, as on a machine that is out of memory; nobody says that anything is wrong. */
  pause(): Promise<void>
  goOn(): void
}

export async function startOwnDatabase(
  t: Test,
  disk: SmallDisk,
  settings: Record<string, string>,
): Promise<OwnDatabase> {
  const folder = join(disk.folder, 'data')
  const server = await startEmbedded(folder, { fsync: 'off', ...settings })
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
    ask,
    async pause() {
      goOn = await pauseServer(server.url, join(folder, 'postgres'))
    },
    goOn: () => goOn(),
  }
}
