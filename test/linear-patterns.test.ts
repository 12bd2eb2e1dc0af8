import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import t from 'tap'
import { patternsIn, patternsOfTheForum } from './support/patterns.ts'

// In this process, without Java or a program of its own.
process.env.RECHECK_BACKEND = 'pure'
const { checkSync } = await import('recheck')

const { version } = createRequire(import.meta.url)('recheck/package.json')
const CACHE = new URL('../node_modules/.cache/', import.meta.url)
const KNOWN = new URL(`linear-patterns-${version}.json`, CACHE)

/** The patterns that an earlier run found linear: to find it out anew takes as long as many other tests together. */
function knownLinear(): Set<string> {
  try {
    return new Set(JSON.parse(readFileSync(KNOWN, 'utf8')))
  } catch {
    return new Set()
  }
}

/** For one pattern, on a busy machine: most take a tenth of a second, some take ten. */
const LONGEST_MILLISECONDS = 60_000

/** How the steps that a pattern takes grow with the text: `linear` and `safe` are what nobody can make use of. */
function growth(source: string, flags: string): string {
  const found = checkSync(source, flags, { recallTimeout: -1, timeout: LONGEST_MILLISECONDS })
  if (found.status === 'safe') return 'linear'
  return found.status === 'vulnerable' ? found.complexity.summary : found.status
}

t.test('no pattern of ours takes more steps than a text has signs', async (t) => {
  const patterns = patternsOfTheForum()
  t.ok(patterns.length > 80)
  const known = knownLinear()
  const linear: string[] = []
  for (const { source, flags, file } of patterns) {
    const pattern = `/${source}/${flags}`
    const found = known.has(pattern) ? 'linear' : growth(source, flags)
    if (found === 'linear') linear.push(pattern)
    t.equal(found, 'linear', `${file}: ${pattern}`)
  }
  mkdirSync(CACHE, { recursive: true })
  writeFileSync(KNOWN, JSON.stringify(linear))
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
