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

/** The last that was seen of a primary which nobody reaches now, at a replica that has all of it. */
export interface LastKnown {
  readonly replica: Replica
  /** Until when at least it has everything. */
  readonly at: Date
}

const reading = new AsyncLocalStorage<{ replica: Replica; isLastKnown: boolean }>()

/** The replica that reads of what goes on here may be asked of; null: the primary. */
export const replicaHere = (): Replica | null => reading.getStore()?.replica ?? null

/** Whether what is read here is only the last that is known: it is shown as that, and not kept for others. */
export const readsLastKnown = (): boolean => reading.getStore()?.isLastKnown ?? false

export const readFrom = <Result>(replica: Replica, act: () => Result): Result =>
  reading.run({ replica, isLastKnown: false }, act)

export const readLastKnown = <Result>({ replica }: LastKnown, act: () => Result): Result =>
  reading.run({ replica, isLastKnown: true }, act)

export const readFromPrimary = <Result>(act: () => Result): Result => reading.exit(act)
