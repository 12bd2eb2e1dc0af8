import { sql } from 'drizzle-orm'
import type { MergedBoards } from '../boards/steps.ts'
import type { Step } from '../step.ts'

/** Moves webhooks of a merged board, and events that still wait, to the other one. */
export const webhooksOfMergedBoard: Step<MergedBoards> = async (transaction, { from, into }) => {
  await transaction.execute(sql`update webhooks set board_id = ${into} where board_id = ${from}`)
  await transaction.execute(sql`update webhooks set technology_id = ${into} where technology_id = ${from}`)
  await transaction.execute(sql`
    update webhook_events set board_ids = array_replace(board_ids, ${from}::bigint, ${into}::bigint)
    where board_ids @> array[${from}::bigint]`)
}
