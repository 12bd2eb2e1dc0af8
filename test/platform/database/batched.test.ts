import t from 'tap'
import { batched } from '../../../src/platform/database/batched.ts'

t.test('questions of one turn are asked together, and each has its own answer', async (t) => {
  const asked: number[][] = []
  const double = batched(async (questions: number[]) => {
    asked.push(questions)
    return questions.map((one) => 2 * one)
  })
  t.same(await Promise.all([double(1), double(2), double(3)]), [2, 4, 6])
  t.equal(await double(4), 8)
  t.same(asked, [[1, 2, 3], [4]])
})

t.test('who asks is told what went wrong, and those after them are asked anew', async (t) => {
  let works = false
  const ask = batched(async (questions: number[]) => {
    if (!works) throw new Error('the database is away')
    return questions
  })
  const first = await Promise.allSettled([ask(1), ask(2)])
  t.same(
    first.map((one) => one.status === 'rejected' && one.reason.message),
    ['the database is away', 'the database is away'],
  )
  works = true
  t.equal(await ask(3), 3)
})

t.test('an answer too few is an error, not silence', async (t) => {
  const ask = batched(async (_questions: number[]) => [1])
  for (const one of await Promise.allSettled([ask(1), ask(2)])) t.equal(one.status, 'rejected')
})
