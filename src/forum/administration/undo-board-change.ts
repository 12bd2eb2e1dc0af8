import { and, eq, gt } from 'drizzle-orm'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { conflict, notFound } from '../../platform/problem.ts'
import { acts } from '../../schema/moderation.ts'
import { archiveBoard } from '../boards/archive-board.ts'
import { changeBoard } from '../boards/change-board.ts'
import type { Forum } from '../forum.ts'

const Words = Type.Object({ fr: Type.Optional(Type.String()), en: Type.Optional(Type.String()) })
const Degrees = Type.Union([Type.Number(), Type.Null()])

/** The fields that `changeBoard` logs. */
const Fields = Type.Partial(
  Type.Object({
    ...{ slug: Type.String(), name: Words, summary: Words },
    ...{ latitude: Degrees, longitude: Degrees, position: Type.Integer() },
  }),
)
const Archived = Type.Object({ archived: Type.Boolean() })

/**
 * Sets the fields of a board that an act has changed back to their values before. This is a change that can be undone
 * too. Making a board is undone by archiving it; merging two cannot be undone. Acts from before a merge may be about the
 * board that no longer exists, and are not undone either.
 * @throws Problem 404 for an unknown act; 409 when a field has changed since, or another board was merged into this one;
 * 422 when the old values are no longer valid.
 */
export async function undoBoardChange(forum: Forum, by: number, board: number, act: number): Promise<void> {
  const [found] = await forum.database
    .select({ kind: acts.kind, before: acts.before, after: acts.after })
    .from(acts)
    .where(and(eq(acts.id, act), eq(acts.boardId, board)))
  if (found && (await wasMergedSince(forum, board, act))) throw conflict('boards.changed_since')
  if (found?.kind === 'board_change') return changeBack(forum, by, board, found)
  const isArchiving = found?.kind === 'board_archive' || found?.kind === 'board_unarchive'
  if (!isArchiving || !Value.Check(Archived, found.before)) throw notFound()
  await archiveBoard(forum, by, board, found.before.archived)
}

async function wasMergedSince({ database }: Forum, board: number, act: number): Promise<boolean> {
  const merges = await database
    .select({ id: acts.id })
    .from(acts)
    .where(and(eq(acts.boardId, board), eq(acts.kind, 'board_merge'), gt(acts.id, act)))
    .limit(1)
  return merges.length > 0
}

async function changeBack(
  forum: Forum,
  by: number,
  board: number,
  { before, after }: { before: unknown; after: unknown },
): Promise<void> {
  if (!Value.Check(Fields, before) || !Value.Check(Fields, after)) throw notFound()
  await changeBoard(forum, by, board, before, after)
}
