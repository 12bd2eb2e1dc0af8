import { statfs } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import type { Forum } from '../forum.ts'

/** How the forum is, in one process and its database. Bytes, and counts. */
export interface ForumStatus {
  databaseBytes: number
  /** Of the disk that holds the data folder. */
  freeBytes: number
  memoryBytes: number
  connections: { open: number; idle: number; awaited: number }
  jobs: { waiting: number; failed: number }
  mailsQueued: number
  /** What PostgreSQL has counted of late, nearly exact: counting posts one by one reads them all. */
  totals: { members: number; threads: number; posts: number }
  /** Of the mails of the last 24 hours. */
  digestsSent: number
}

interface Counted extends Record<string, unknown> {
  databaseBytes: number
  waiting: number
  failed: number
  mailsQueued: number
  members: number
  threads: number
  posts: number
  digestsSent: number
}

/** Asks for it anew: for the eyes of an admin now and then. */
export async function forumStatus({ database, config }: Pick<Forum, 'database' | 'config'>): Promise<ForumStatus> {
  const rowsOf = (table: string) =>
    sql`(select n_live_tup::int from pg_stat_user_tables where schemaname = 'public' and relname = ${table})`
  const [disk, { rows }] = await Promise.all([
    statfs(config.dataDir),
    database.execute<Counted>(sql`
      select pg_database_size(current_database())::float8 as "databaseBytes",
        (select count(*)::int from graphile_worker.jobs where attempts < max_attempts) as waiting,
        (select count(*)::int from graphile_worker.jobs where attempts >= max_attempts) as failed,
        (select count(*)::int from mails where state = 'queued') as "mailsQueued",
        ${rowsOf('members')} as members, ${rowsOf('threads')} as threads, ${rowsOf('posts')} as posts,
        (select count(*)::int from mails
          where created_at > now() - interval '1 day' and kind = 'digest' and state = 'sent') as "digestsSent"`),
  ])
  const [counted] = rows
  if (!counted) throw new Error('A select without a table answered no row')
  const { waiting, failed, members, threads, posts, databaseBytes, mailsQueued, digestsSent } = counted
  const { totalCount, idleCount, waitingCount } = database.$client
  return {
    ...{ databaseBytes, mailsQueued, digestsSent },
    freeBytes: disk.bavail * disk.bsize,
    memoryBytes: process.memoryUsage.rss(),
    connections: { open: totalCount, idle: idleCount, awaited: waitingCount },
    jobs: { waiting, failed },
    totals: { members, threads, posts },
  }
}
