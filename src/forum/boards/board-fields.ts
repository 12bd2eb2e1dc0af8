import type { FieldProblem } from '../../platform/problem.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import type { BoardKind } from '../../schema/enums.ts'
import type { Forum } from '../forum.ts'
import { boardCatalogue } from './catalogue.ts'

/** What an admin says of a board. */
export interface BoardFields {
  kind: BoardKind
  slug: string
  name: Worded
  summary: Worded
  /** WGS 84 degrees; both or none. */
  latitude: number | null
  longitude: number | null
  /** Where it stands among its kind. */
  position: number
}

/** Lower-case letters and digits, in words joined by hyphens: it is read aloud and typed. */
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** What is wrong with the fields of a board: `board` is its own id, where there is one already. */
export async function boardProblems(forum: Forum, fields: BoardFields, board: number | null): Promise<FieldProblem[]> {
  const { slug, name, latitude, longitude } = fields
  const holder = (await boardCatalogue(forum)).withSlug(slug)
  const problems: FieldProblem[] = []
  if (!name.fr) problems.push({ field: 'name_fr', key: 'errors.empty' })
  if (!SLUG.test(slug)) problems.push({ field: 'slug', key: 'boards.bad_slug' })
  // Also of a slug that another has had: old addresses lead to that board for ever.
  else if (holder && holder.id !== board) problems.push({ field: 'slug', key: 'boards.slug_taken' })
  if ((latitude === null) !== (longitude === null))
    problems.push({ field: latitude === null ? 'latitude' : 'longitude', key: 'boards.half_a_place' })
  return problems
}
