import fc from 'fast-check'
import t from 'tap'
import {
  CURSOR_PATTERN,
  readCursor,
  sliceOf,
  THREADS_PER_PAGE,
  writeCursor,
} from '../../../src/forum/discussion/cursor.ts'

const number = fc.integer({ min: 0, max: 36 ** 10 - 1 })

t.test('a place in a list is read as it was written', async (t) => {
  const comesBack = fc.property(number, number, (moment, thread) => {
    const written = writeCursor({ moment, thread })
    const read = readCursor(written)
    return new RegExp(CURSOR_PATTERN).test(written) && read.moment === moment && read.thread === thread
  })
  t.doesNotThrow(() => fc.assert(comesBack, { seed: 1, numRuns: 1_000 }))
})

t.test('every cursor that a request may hold is two numbers that PostgreSQL holds', async (t) => {
  const exact = fc.property(fc.stringMatching(new RegExp(CURSOR_PATTERN)), (text) =>
    Object.values(readCursor(text)).every((part) => Number.isSafeInteger(part) && part >= 0),
  )
  t.doesNotThrow(() => fc.assert(exact, { seed: 1, numRuns: 1_000 }))
})

t.test('without a cursor, the list begins before everything in it', async (t) => {
  const beginning = readCursor(undefined)
  t.ok(beginning.moment > Date.UTC(2080, 0) * 1_000)
  t.ok(beginning.thread >= 36 ** 10 - 1)
})

t.test('a page says where the next begins, and the last does not', async (t) => {
  const rows = Array.from({ length: THREADS_PER_PAGE + 1 }, (_, index) => ({
    id: 1_000 - index,
    position: 9_000 - index,
  }))
  const page = sliceOf(rows)
  t.equal(page.rows.length, THREADS_PER_PAGE)
  t.same(readCursor(page.next ?? ''), { moment: 9_000 - 29, thread: 1_000 - 29 })
  t.equal(sliceOf(rows.slice(1)).next, null)
  t.same(sliceOf([]), { rows: [], next: null })
})
