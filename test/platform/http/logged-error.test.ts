import { DrizzleQueryError } from 'drizzle-orm'
import fc from 'fast-check'
import pg from 'pg'
import t from 'tap'
import { loggedError } from '../../../src/platform/http/logging.ts'

/** What somebody typed, among lines that look like those of a log. */
const typed = fc
  .array(fc.constantFrom('secret', '\n', '    at ', 'Error: ', '"', '$&', '$1', '\\', '{', 'é', ' '), { maxLength: 12 })
  .map((parts) => `${parts.join('')}secret`)

const databaseError = (message: string) =>
  Object.assign(new pg.DatabaseError(message, message.length, 'error'), {
    code: '23505',
    constraint: 'members_username_key',
    detail: message,
    where: message,
  })

const FAILURES: [what: string, failure: (text: string) => Error][] = [
  ['a statement', (text) => databaseError(`invalid input syntax for type bigint: "${text}"`)],
  ['a query', (text) => new DrizzleQueryError('insert into posts', [text], databaseError(text))],
  ['a query without a cause', (text) => new DrizzleQueryError(`select '${text}'`, [text])],
  ['a verb around a query', (text) => new Error('could not', { cause: new DrizzleQueryError('x', [text]) })],
  ['a text that is not JSON', brokenJson],
]

function brokenJson(text: string): Error {
  try {
    JSON.parse(`{${text}`)
  } catch (error) {
    if (error instanceof SyntaxError) return error
  }
  throw new Error('JSON after all')
}

for (const [what, failure] of FAILURES) {
  t.test(`when ${what} fails, nothing that was typed is written down`, async (t) => {
    const discreet = fc.property(typed, (text) => !JSON.stringify(loggedError(failure(text))).includes('secret'))
    t.doesNotThrow(() => fc.assert(discreet, { seed: 1, numRuns: 500 }))
  })
}

t.test('what failed, and where, is', async (t) => {
  const logged = loggedError(new DrizzleQueryError('x', [], databaseError('x')))
  t.match(logged, { type: 'DatabaseError', code: '23505', constraint: 'members_username_key' })
  t.match(logged.stack, /^ {4}at .*logged-error\.test\.ts/m)
  const bug = loggedError(new TypeError('thread is not a function'))
  t.match(bug, { type: 'TypeError', message: 'thread is not a function' })
  t.match(bug.stack, /^ {4}at /)
})
