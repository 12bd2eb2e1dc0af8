import type { FieldProblem } from '../../platform/problem.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import type { BoardKind } from '../../schema/enums.ts'
import type { Forum } from '../forum.ts'
import { boardCatalogue } from './catalogue.ts'

/** The fields of a board that an admin fills in. */
export interface BoardFields {
  kind: BoardKind
  slug: string
  name: Worded
  summary: Worded
  /** WGS 84 degrees; both are null, or neither. */
  latitude: number | null
  longitude: number | null
  /** Its place among boards of its kind. */
  position: number
}

/** Lower-case letters and digits, in words joined by hyphens, because people say and type it. */
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/** The errors in the fields of a board. @param board its id; null for a new board. */
export async function boardProblems(forum: Forum, fields: BoardFields, board: number | null): Promise<FieldProblem[]> {
  const { slug, name, latitude, longitude } = fields
  const holder = (await boardCatalogue(forum)).withSlug(slug)
  const problems: FieldProblem[] = []
  if (!name.fr) problems.push({ field: 'name_fr', key: 'errors.empty' })
  if (!SLUG.test(slug)) problems.push({ field: 'slug', key: 'boards.bad_slug' })
  // A slug that another board had before is taken too, because its old address still redirects there.
  else if (holder && holder.id !== board) problems.push({ field: 'slug', key: 'boards.slug_taken' })
  if ((latitude === null) !== (longitude === null))
    problems.push({ field: latitude === null ? 'latitude' : 'longitude', key: 'boards.half_a_place' })
  return problems
}
