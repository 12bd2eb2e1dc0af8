import { statfs } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import { countJobs } from '../../platform/jobs/queue-state.ts'
import { countQueued } from '../../platform/mail/mail.ts'
import type { Forum } from '../forum.ts'

/** The state of the forum: its database and this process. Sizes are in bytes. */
export interface ForumStatus {
  databaseBytes: number
  /** On the disk of the data folder. */
  freeBytes: number
  memoryBytes: number
  /** Database connections of this process, and of all processes. */
  connections: { open: number; idle: number; awaited: number; ofAll: number }
  jobs: { waiting: number; failed: number }
  mailsQueued: number
  /** Estimates by PostgreSQL, because counting posts would read them all. */
  totals: { members: number; threads: number; posts: number }
}

interface Counted extends Record<string, unknown> {
  databaseBytes: number
  connections: number
  members: number
  threads: number
  posts: number
}

/** Asks the database each time. Only the admin page and the samples need it. */
export async function forumStatus({ database, config }: Pick<Forum, 'database' | 'config'>): Promise<ForumStatus> {
  const rowsOf = (table: string) =>
    sql`(select n_live_tup::int from pg_stat_user_tables where schemaname = 'public' and relname = ${table})`
  const [disk, jobs, mailsQueued, { rows }] = await Promise.all([
    statfs(config.dataDir),
    countJobs(database),
    countQueued(database),
    database.execute<Counted>(sql`
      select pg_database_size(current_database())::float8 as "databaseBytes",
        (select numbackends from pg_stat_database where datname = current_database()) as connections,
        ${rowsOf('members')} as members, ${rowsOf('threads')} as threads, ${rowsOf('posts')} as posts`),
  ])
  const [counted] = rows
  if (!counted) throw new Error('A select without a table answered no row')
  const { members, threads, posts, databaseBytes, connections: ofAll } = counted
  const { totalCount, idleCount, waitingCount } = database.$client
  return {
    ...{ databaseBytes, mailsQueued, jobs },
    freeBytes: disk.bavail * disk.bsize,
    memoryBytes: process.memoryUsage.rss(),
    connections: { open: totalCount, idle: idleCount, awaited: waitingCount, ofAll },
    totals: { members, threads, posts },
  }
}
