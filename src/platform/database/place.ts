import pg from 'pg'
import type { Config } from '../../config.ts'
import { OperatorError } from '../../operator-error.ts'
import { unreachable } from './database.ts'
import { startEmbedded } from './embedded.ts'

/** Where the forum's database is while this program runs. */
export interface DatabasePlace {
  url: string
  /** Leaves it; an embedded server that this program started, or is to look after, is stopped. */
  leave(): Promise<void>
}

/** Held by the one program that looks after an embedded server and stops it at its end. */
const KEEPER_LOCK = 7_203_146

/**
 * The database for `serve`: the server of the settings, or the embedded one, of which this program then is the
 * keeper. An embedded server without a keeper was left behind by a killed forum, and is taken over.
 * @throws OperatorError when another program keeps the data folder.
 */
export async function keepDatabase(config: Config): Promise<DatabasePlace> {
  if (config.databaseUrl) return { url: config.databaseUrl, leave: async () => {} }
  const server = await startEmbedded(config.dataDir)
  const lock = await takeKeeperLock(server.url)
  if (!lock) {
    throw new OperatorError(
      `The data in ${config.dataDir} is in use by another forum process: stop that one first, or set another DATA_DIR.`,
    )
  }
  return {
    url: server.url,
    async leave() {
      await lock.end()
      await server.stop()
    },
  }
}

/** The database for a command: used as it is where a forum runs on it, else started for as long as the command needs. */
export async function visitDatabase(config: Config): Promise<DatabasePlace> {
  if (config.databaseUrl) return { url: config.databaseUrl, leave: async () => {} }
  const server = await startEmbedded(config.dataDir)
  const lock = await takeKeeperLock(server.url)
  return {
    url: server.url,
    async leave() {
      if (!lock) return
      await lock.end()
      await server.stop()
    },
  }
}

async function takeKeeperLock(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'contrechamp keeper' })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [KEEPER_LOCK])
    if (rows[0]?.taken) return client
    await client.end()
    return null
  } catch (error) {
    throw unreachable(error)
  }
}
