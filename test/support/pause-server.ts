import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

/**
 * Stops all processes of a PostgreSQL on this machine, as if it had no memory left: connections stay open and nobody answers.
 * @returns what lets them go on.
 */
export async function pauseServer(url: string, cluster: string): Promise<() => void> {
  const [first] = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pid from pg_stat_activity where pid <> pg_backend_pid()')
  await client.end()
  // The server first: it begins no other process then.
  const paused = [Number(first), ...rows.map(({ pid }) => pid)]
  signal(paused, 'SIGSTOP')
  return () => signal(paused, 'SIGCONT')
}

/** One that has ended meanwhile needs none. */
function signal(processes: readonly number[], name: NodeJS.Signals): void {
  for (const pid of processes) {
    try {
      process.kill(pid, name)
    } catch {}
  }
}
