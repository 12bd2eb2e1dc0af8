import type { Board, Catalogue } from '../boards/catalogue.ts'
import { withoutAccents, wordsOf } from './words.ts'

/** A board by slug, by name in any language and spelling, or by a former slug, archived or not. */
export function boardCalled(catalogue: Catalogue, name: string, kind: Board['kind'] | null): Board | null {
  const boards = [...catalogue.cities, ...catalogue.technologies].filter((board) => !kind || board.kind === kind)
  const plain = plainName(name)
  const found =
    boards.find(({ slug }) => slug === name.toLowerCase()) ??
    boards.find(
      (board) => plain && [board.slug, ...Object.values(board.name)].some((one) => plainName(one ?? '') === plain),
    ) ??
    catalogue.withSlug(name.toLowerCase())
  return found && (!kind || found.kind === kind) ? found : null
}

/** The boards with one of these names that still take threads. */
export const boardsNamed = (catalogue: Catalogue, names: readonly string[]): Board[] =>
  [...new Set(names.flatMap((name) => boardCalled(catalogue, name, null) ?? []))].filter(({ archived }) => !archived)

const plainName = (name: string): string =>
  withoutAccents(
    wordsOf(name)
      .words.map(({ text }) => text)
      .join(' '),
  )
