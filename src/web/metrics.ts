import type { Forum } from '../forum/forum.ts'
import type { Cache } from '../platform/cache/cache.ts'
import type { Replicas } from '../platform/database/replicas.ts'
import { countJobs } from '../platform/jobs/queue-state.ts'
import { countQueued } from '../platform/mail/mail.ts'
import type { Metrics } from '../platform/metrics/metrics.ts'

type Kept = Pick<Cache<object>, 'hits' | 'misses' | 'size' | 'bytes'>

/** Measures the forum in this process; the requests are measured elsewhere. */
export function watchForum(metrics: Metrics, { database, replicas, transport }: Forum, kept: Kept): void {
  const pool = database.$client
  pool.answered = (milliseconds) => metrics.queried(milliseconds)
  metrics.watch({
    helps: {
      contrechamp_database_connections: 'Connections of this process to the database.',
      contrechamp_database_connections_used: 'Those that somebody holds just now.',
      contrechamp_database_connections_awaited: 'How many wait for one.',
      contrechamp_kept_pages_hits_total: 'Pages for readers without an account that were there already.',
      contrechamp_kept_pages_misses_total: 'Those that had to be made.',
      contrechamp_kept_pages: 'How many are kept.',
      contrechamp_kept_pages_bytes: 'How much memory they take, about.',
      contrechamp_mails_sent_total: 'Mails of this process that the mail server has taken.',
      contrechamp_mails_refused_total: 'Those that it refuses for good.',
      contrechamp_mails_delayed_total: 'How often one had to be left for later.',
    },
    read: () => ({
      contrechamp_database_connections: pool.totalCount,
      contrechamp_database_connections_used: pool.totalCount - pool.idleCount,
      contrechamp_database_connections_awaited: pool.waitingCount,
      contrechamp_kept_pages_hits_total: kept.hits,
      contrechamp_kept_pages_misses_total: kept.misses,
      contrechamp_kept_pages: kept.size,
      contrechamp_kept_pages_bytes: kept.bytes,
      contrechamp_mails_sent_total: transport.handed.taken,
      contrechamp_mails_refused_total: transport.handed.refused,
      contrechamp_mails_delayed_total: transport.handed.delayed,
    }),
  })
  if (replicas) watchReplicas(metrics, replicas)
  metrics.watch({
    helps: {
      contrechamp_jobs_waiting: 'Background jobs of the whole forum that wait or are under way.',
      contrechamp_jobs_failed: 'Those that have failed so often that they are not tried again.',
      contrechamp_mails_queued: 'Mails of the whole forum that wait to be sent.',
    },
    async read() {
      const [{ waiting, failed }, queued] = await Promise.all([countJobs(database), countQueued(database)])
      return {
        contrechamp_jobs_waiting: waiting,
        contrechamp_jobs_failed: failed,
        contrechamp_mails_queued: queued,
      }
    },
  })
}

function watchReplicas(metrics: Metrics, replicas: Replicas): void {
  metrics.watch({
    label: 'replica',
    helps: {
      contrechamp_replica_lag_seconds: 'How far each replica is behind; of one that is away there is none.',
      contrechamp_replica_used: 'Whether it is read from: 1, or 0 while it is away or too far behind.',
    },
    read: () => ({
      contrechamp_replica_lag_seconds: replicas.progress.lags(),
      contrechamp_replica_used: replicas.progress.inUse(),
    }),
  })
  metrics.watch({
    label: 'from',
    helps: { contrechamp_replica_reads_total: 'Reads that a replica might answer, by who did.' },
    read: () => ({ contrechamp_replica_reads_total: replicas.answered }),
  })
}
