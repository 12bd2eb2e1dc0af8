import t from 'tap'
import { patternsIn, patternsOfTheForum } from './support/patterns.ts'

// In this process, without Java or a program of its own.
process.env.RECHECK_BACKEND = 'pure'
const { checkSync } = await import('recheck')

/** How the steps that a pattern takes grow with the text: `linear` and `safe` are what nobody can make use of. */
function growth(source: string, flags: string): string {
  const found = checkSync(source, flags, { recallTimeout: -1 })
  if (found.status === 'safe') return 'linear'
  return found.status === 'vulnerable' ? found.complexity.summary : found.status
}

t.test('no pattern of ours takes more steps than a text has signs', async (t) => {
  const patterns = patternsOfTheForum()
  t.ok(patterns.length > 80)
  for (const { source, flags, file } of patterns)
    t.equal(growth(source, flags), 'linear', `${file}: /${source}/${flags}`)
})

t.test('one that did would be found, wherever it stands', async (t) => {
  const address = String.raw`^[^\\s@<>(),;:"\\\\]+@[^\\s@<>(),;:"\\\\]+\\.[^\\s@<>(),;:"\\\\]+$`
  for (const code of [
    `export const ADDRESS_PATTERN = '${address}'`,
    `Type.String({ pattern: '${address}' })`,
    String.raw`text.replace(/\s+$/, '')`,
    ['new RegExp(`^(', '{name}+)+$`)'].join('$'),
  ]) {
    const [found] = patternsIn(code, 'any.ts')
    t.match(growth(found?.source ?? '', found?.flags ?? ''), /polynomial|exponential/, code)
  }
  t.throws(() => patternsIn('new RegExp(typed)', 'any.ts'))
})
