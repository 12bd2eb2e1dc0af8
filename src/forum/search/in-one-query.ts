import { LONGEST_QUERY } from '../../limits.ts'
import type { Catalogue } from '../boards/catalogue.ts'
import { boardCalled } from './boards-called.ts'
import type { Question } from './understand.ts'

/** A question with its filters as one query, to be stored; null for a search in one thread. */
export function inOneQuery(question: Question, catalogue: Catalogue): string | null {
  if (question.thread) return null
  const board = question.board ? boardCalled(catalogue, question.board, null) : null
  const fields: [string, string][] = [
    [board?.kind ?? 'city', board?.slug ?? ''],
    ['author', question.author],
    ['after', question.after],
    ['before', question.before],
    ['in', question.in],
    ['lang', question.lang],
    ['has', question.has],
  ]
  const operators = fields
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}:${/\s/.test(value) ? `"${value}"` : value}`)
  const query = [question.q, ...operators].filter(Boolean).join(' ')
  return query && query.length <= LONGEST_QUERY ? query : null
}
