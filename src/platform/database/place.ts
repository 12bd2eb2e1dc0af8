import type { FastifyBaseLogger } from 'fastify'
import { OperatorError } from '../process/operator-error.ts'
import { neighbouringEmbedded, startEmbedded } from './embedded/embedded.ts'

export interface DatabaseSettings {
  /** Null: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | null
  /** Absolute path. */
  dataDir: string
}

/** Where the forum's database is while this program runs; disposing of it stops a server that this program started. */
export interface DatabasePlace extends AsyncDisposable {
  url: string
}

/**
 * The database for `serve`: the server of the settings, or the embedded one, which then is this program's alone, and is
 * started again when it ends.
 * @throws OperatorError when another program has the data folder.
 */
export async function keepDatabase(
  { databaseUrl, dataDir }: DatabaseSettings,
  log: FastifyBaseLogger,
  stop: AbortSignal,
): Promise<DatabasePlace> {
  if (databaseUrl) return elsewhere(databaseUrl)
  const server = await startEmbedded(dataDir, {}, { log, stop })
  if (server) return server
  throw new OperatorError(
    `The data in ${dataDir} is in use by another forum process: stop that one first, or set another DATA_DIR.`,
  )
}

/** The database for a command: used as it is where a forum runs on it, else started for as long as the command needs. */
export async function visitDatabase({ databaseUrl, dataDir }: DatabaseSettings): Promise<DatabasePlace> {
  if (databaseUrl) return elsewhere(databaseUrl)
  return (await startEmbedded(dataDir)) ?? (await neighbouringEmbedded(dataDir))
}

const elsewhere = (url: string): DatabasePlace => ({ url, async [Symbol.asyncDispose]() {} })
