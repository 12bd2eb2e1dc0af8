import type { FastifySchemaValidationError } from 'fastify'
import type { FieldProblem } from '../../problem.ts'
import type { MessageKey } from '../../text/i18n/translate.ts'

/** Longer than anything that has to look like something: an address, a cursor, a key. */
const LONGEST_PATTERNED = 1_000

/**
 * A schema's pattern, which no longer text fits. The validator tries a pattern even on a text that it has found too long
 * already, so that each field is told what is wrong with it.
 */
export function shortPattern(pattern: string, flags: string) {
  const expression = new RegExp(pattern, flags)
  return {
    test: (text: string): boolean => text.length <= LONGEST_PATTERNED && expression.test(text),
    // By this, the validator tells patterns apart.
    toString: () => String(expression),
  }
}
/** How compiled validators would name it, if they were written to files. */
shortPattern.code = 'shortPattern'

/** What the validator found: the first message for each field. */
export function fieldProblems(errors: readonly FastifySchemaValidationError[]): FieldProblem[] {
  const found = new Map<string, FieldProblem>()
  for (const error of errors) {
    const field = String(error.params.missingProperty ?? error.instancePath.split('/')[1] ?? '')
    if (!found.has(field)) found.set(field, fieldProblem(field, error))
  }
  return [...found.values()]
}

function fieldProblem(field: string, { keyword, params }: FastifySchemaValidationError): FieldProblem {
  const limit = Number(params.limit)
  if (keyword === 'minLength' && limit > 1) return { field, key: 'errors.too_short', values: { count: limit } }
  if (keyword === 'maxLength') return { field, key: 'errors.too_long', values: { count: limit } }
  if (keyword === 'maxItems') return { field, key: 'errors.too_many_chosen', values: { count: limit } }
  return { field, key: MESSAGES[keyword] ?? MALFORMED[field] ?? 'errors.malformed' }
}

/** Fields of which it can be said what they look like. */
const MALFORMED: Record<string, MessageKey> = {
  email: 'errors.malformed_email',
  address: 'errors.malformed_email',
}

const MESSAGES: Record<string, MessageKey> = {
  required: 'errors.empty',
  minLength: 'errors.empty',
  minItems: 'errors.none_chosen',
}
