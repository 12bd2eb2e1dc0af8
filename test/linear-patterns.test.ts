import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { type FoundPattern, patternsIn, patternsOfTheForum } from './support/patterns.ts'

/**
 * The patterns that recheck has judged linear, one a line: to judge them all anew takes as long as all other tests
 * together.
 */
const LIST = new URL('linear-patterns.txt', import.meta.url)
const JUDGE = fileURLToPath(new URL('support/judge-pattern.ts', import.meta.url))
/** In milliseconds, for one pattern. Whatever takes longer is too intricate to be trusted. */
const TIME_LIMIT = 30_000
const HOW_TO_WRITE = 'LIST_PATTERNS=1 npm run test:one -- test/linear-patterns.test.ts'
const writing = process.env.LIST_PATTERNS === '1'

type Pattern = Pick<FoundPattern, 'source' | 'flags'>

/** As it is listed: a line break would make two of it. */
const written = ({ source, flags }: Pattern): string => `/${source.replaceAll('\n', '\\n')}/${flags}`

function writeList(patterns: Iterable<string>): void {
  const lines = [...patterns].sort().map((pattern) => `${pattern}\n`)
  writeFileSync(LIST, lines.join(''))
}

/** Tap gives a child what it has itself, except what is already there: to count what of recheck is run takes minutes. */
const UNCOUNTED = { _TAPJS_PROCESSINFO_COVERAGE_: '0' }

/** How the steps that a pattern takes grow with the text. */
async function growth({ source, flags }: Pattern): Promise<string> {
  const limits = { env: UNCOUNTED, timeout: TIME_LIMIT, killSignal: 'SIGKILL' } as const
  const asked = promisify(execFile)(process.execPath, [JUDGE, source, flags], limits)
  const answer = await asked.catch((error) => {
    if (error.killed) return { stdout: `undecided after ${TIME_LIMIT} ms` }
    throw error
  })
  return answer.stdout.trim()
}

t.test('no pattern of ours takes more steps than a text has signs', async (t) => {
  const patterns = new Map(patternsOfTheForum().map((pattern) => [written(pattern), pattern]))
  t.ok(patterns.size > 80)
  const listed = new Set(readFileSync(LIST, 'utf8').split('\n').filter(Boolean))
  const gone = [...listed].filter((pattern) => !patterns.has(pattern))
  for (const pattern of gone) listed.delete(pattern)
  if (writing) writeList(listed)
  else t.strictSame(gone, [], `every pattern of the list is somewhere, or is taken out by ${HOW_TO_WRITE}`)

  for (const [pattern, found] of patterns) {
    if (listed.has(pattern)) continue
    const steps = await growth(found)
    t.equal(steps, 'linear', `${found.file}: ${pattern}`)
    if (steps !== 'linear') continue
    // At once, so that a run that is ended too soon is not for nothing.
    if (writing) writeList(listed.add(pattern))
    else t.fail(`${found.file}: ${pattern} is linear, but not in the list yet: ${HOW_TO_WRITE}`)
  }
})

t.test('one that did would be found, wherever it stands', async (t) => {
  const address = String.raw`^[^\\s@<>(),;:"\\\\]+@[^\\s@<>(),;:"\\\\]+\\.[^\\s@<>(),;:"\\\\]+$`
  const codes = [
    `export const ADDRESS_PATTERN = '${address}'`,
    `Type.String({ pattern: '${address}' })`,
    String.raw`text.replace(/\s+$/, '')`,
    ['new RegExp(`^(', '{name}+)+$`)'].join('$'),
    "text.search('^(a+)+$')",
    'text.match(`^(a+)+$`)',
  ]
  await Promise.all(
    codes.map(async (code) => {
      const [found = { source: '', flags: '' }] = patternsIn(code, 'any.ts')
      t.match(await growth(found), /polynomial|exponential/, code)
    }),
  )
  for (const code of [
    'new RegExp(typed)',
    'Type.String({ pattern: LOOKS_LIKE })',
    "const LOOKS_LIKE = '(a+)+'; Type.String({ pattern: LOOKS_LIKE })",
  ]) {
    t.throws(() => patternsIn(code, 'any.ts'), code)
  }
})
