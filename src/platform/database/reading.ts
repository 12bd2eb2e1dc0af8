import { AsyncLocalStorage } from 'node:async_hooks'
import type { Pool } from './pool.ts'

/** A server that follows the primary (a hot standby), as far as this process knows it. */
export interface Replica {
  readonly pool: Pool
  /** Its host and port, without what else the settings say of it: the password. */
  readonly address: string
  /** How far it has come in the primary's log, in bytes (a `pg_lsn` as a number); -1: nobody knows, so it is not asked. */
  replayed: number
  /** How long ago the primary was where it is now, in seconds. */
  lag: number
}

const reading = new AsyncLocalStorage<Replica>()

/** The replica that reads of what goes on here may be asked of; null: the primary. */
export const replicaHere = (): Replica | null => reading.getStore() ?? null

export const readFrom = <Result>(replica: Replica, act: () => Result): Result => reading.run(replica, act)

export const readFromPrimary = <Result>(act: () => Result): Result => reading.exit(act)
