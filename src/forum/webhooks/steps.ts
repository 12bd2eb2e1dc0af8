import { type SQL, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { serialJob } from '../../platform/jobs/jobs.ts'
import type { WebhookEvent } from '../../schema/enums.ts'
import type { PostChange, ReplyStep, StartedThread, ThreadChange } from '../discussion/steps.ts'
import type { FlaggedPost } from '../moderation/flag-steps.ts'
import type { Step } from '../step.ts'
import { inPlaceOf } from './queries.ts'

export const SEND = 'send_webhooks'

/**
 * Stores an event if a webhook wants it, with the job that sends it. One row for any number of webhooks, so that the
 * writer does not wait for them.
 */
const noteEvent = (type: WebhookEvent, thread: SQL, number: SQL, boards: SQL, from: SQL): SQL => sql`
    insert into webhook_events (type, thread_id, number, board_ids)
    select ${type}::text, ${thread}, ${number}, ${boards} from ${from}
    where exists (select from webhooks where off_at is null and ${type}::text = any (events) and ${inPlaceOf(boards)})
    returning (select ${serialJob(SEND)} is not null)`

export const webhooksOfReply: ReplyStep = {
  name: 'noted_for_webhooks',
  sql: ({ threadId, number, boardIds, written }) => noteEvent('post.created', threadId, number, boardIds, written),
}

export const webhooksOfThread: Step<StartedThread> = (transaction, { id }) => note(transaction, 'thread.created', id, 1)

const TYPES = {
  edited: 'post.edited',
  deleted: 'post.deleted',
  restored: 'post.restored',
  erased: 'post.deleted',
} as const

export const webhooksOfChange: Step<PostChange> = async (transaction, { kind, post }) => {
  // Nobody hears of a post that was never published. An approved post is sent as a new one.
  if (kind === 'approved' || kind === 'refused' || kind === 'withdrawn') return
  await note(transaction, TYPES[kind], post.thread.id, post.number)
}

export const webhooksOfFlag: Step<FlaggedPost> = (transaction, { thread, number }) =>
  note(transaction, 'post.flagged', thread.id, number)

export const webhooksOfThreadChange: Step<ThreadChange> = async (transaction, { kind, thread }) => {
  if (kind === 'removed' || kind === 'emptied' || kind === 'merged')
    await note(transaction, 'thread.removed', thread, 1)
  if (kind === 'restored' || kind === 'refilled') await note(transaction, 'thread.restored', thread, 1)
}

async function note(transaction: Transaction, type: WebhookEvent, thread: number, number: number): Promise<void> {
  await transaction.execute(
    noteEvent(
      type,
      sql`id`,
      sql`${number}::int`,
      sql`board_ids`,
      sql`(
      select id, board_ids from threads where id = ${thread}
    ) as told`,
    ),
  )
}
