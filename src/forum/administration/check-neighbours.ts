import type { Config } from '../../config.ts'
import { replicaProblem } from '../../platform/database/replica-progress.ts'
import { redisAnswers } from '../../platform/live/redis-client.ts'
import { broken, type Finding, fine } from './finding.ts'

/** Findings about other servers in the settings: replicas, and the one that carries events between processes. */
export async function neighbourFindings({ databaseReplicaUrls, liveBus }: Config): Promise<Finding[]> {
  const replicas = databaseReplicaUrls.map((url, index) => replica(url, index + 1))
  return Promise.all(liveBus === null ? replicas : [...replicas, bus(liveBus)])
}

async function replica(url: string, place: number): Promise<Finding> {
  const name = `Replica ${place} of DATABASE_REPLICA_URLS`
  const problem = await replicaProblem(url)
  if (problem === 'away') return broken(`${name} does not answer: until it does, the database answers for it.`)
  if (problem === 'no standby') return broken(`${name} follows no other server, and is not read from.`)
  return fine(`${name} answers, and follows the database.`)
}

async function bus(url: string): Promise<Finding> {
  if (await redisAnswers(url)) return fine('The server of LIVE_BUS answers.')
  return broken('The server of LIVE_BUS does not answer: check its address, that it runs, and that we may use EVAL.')
}
