import { eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { invalidField, notFound } from '../../platform/problem.ts'
import { boards, formerSlugs } from '../../schema/boards.ts'
import { boardsEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { boardCatalogue } from './catalogue.ts'
import type { MergedBoards } from './steps.ts'

/**
 * Merges one board into another: threads and all that refers to the first go to the second, and its addresses redirect
 * there. Cannot be undone.
 * @param slug of the second.
 * @throws Problem 422 unless that is another board of the same kind, 404.
 */
export async function mergeBoards(forum: Forum, by: number, from: number, slug: string): Promise<void> {
  const into = (await boardCatalogue(forum)).withSlug(slug)?.id
  if (into === undefined || into === from) throw invalidField('into', 'boards.no_other_board')
  await inTransaction(forum, async (transaction, announce) => {
    // Locks threads before boards, each in id order, as moving a thread does, so that the two cannot deadlock. Reads all
    // threads, because no index has the hidden ones of a board.
    await transaction.execute(
      sql`select id from threads where board_ids @> array[${from}::bigint] order by id for no key update`,
    )
    // `for update`, so that nothing new can refer to the board that is deleted. Such a row would be lost, or block the
    // delete.
    const both = await transaction
      .select()
      .from(boards)
      .where(inArray(boards.id, [from, into]))
      .orderBy(boards.id)
      .for('update')
    const gone = both.find(({ id }) => id === from)
    const stays = both.find(({ id }) => id === into)
    if (!gone) throw notFound('boards.not_found')
    if (stays?.kind !== gone.kind) throw invalidField('into', 'boards.no_other_board')

    const merged = { from, into }
    await addCrossings(transaction, merged)
    await runSteps(forum.steps.boardsMerged, transaction, merged)
    await countAnew(transaction, merged)
    await transaction.update(formerSlugs).set({ boardId: into }).where(eq(formerSlugs.boardId, from))
    await transaction.delete(boards).where(eq(boards.id, from))
    await transaction.insert(formerSlugs).values({ slug: gone.slug, boardId: into })
    const words = { board: into, by, before: { merged: gone.slug, name: gone.name }, after: { into: stays.slug } }
    await runSteps(forum.steps.boardChanged, transaction, { kind: 'merge', ...words })
    await announce(boardsEvent)
  })
}

/** Notes about crossings of either board go to the one that stays. */
async function addCrossings(transaction: Transaction, { from, into }: MergedBoards): Promise<void> {
  await transaction.execute(sql`
    insert into crossings (city_id, technology_id, note)
    select case city_id when ${from} then ${into} else city_id end,
           case technology_id when ${from} then ${into} else technology_id end, note
    from crossings where ${from} in (city_id, technology_id)
    order by 1, 2
    on conflict (city_id, technology_id) do update set note = coalesce(crossings.note, excluded.note)`)
}

/** Counts again, because a thread that stood in both boards counts once. */
async function countAnew(transaction: Transaction, { from, into }: MergedBoards): Promise<void> {
  await transaction.execute(sql`delete from crossings where ${from} in (city_id, technology_id)`)
  await transaction.execute(sql`
    update crossings set thread_count = (
      select count(*) from crossing_threads
      where crossing_threads.city_id = crossings.city_id and crossing_threads.technology_id = crossings.technology_id)
    where ${into} in (city_id, technology_id)`)
  await transaction.execute(sql`
    update boards set thread_count = (select count(*) from thread_boards where board_id = ${into}) where id = ${into}`)
}
