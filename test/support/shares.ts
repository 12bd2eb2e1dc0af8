import { glob, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { tellFailures } from './failures.ts'
import { isFirst } from './is-first.ts'
import { claimsFolder } from './test-database.ts'

const TESTS = join(import.meta.dirname, '..')

/** What takes long beside the tests themselves, and how many times as long as others a file with it runs. */
const DEAR: [support: string, times: number][] = [
  ['support/browser.ts', 4],
  ['support/served.ts', 2],
  ['support/forum.ts', 1],
]

/**
 * Runs test files in this process until none is left that no other share has taken: to start a process costs more than most
 * files do. The longest come first, so that all shares end at about the same time.
 */
export async function runShare(): Promise<void> {
  const claims = claimsFolder()
  await mkdir(claims, { recursive: true })
  tellFailures(t)
  runNext(claims, await longestFirst())
}

/** Within a test, so that the tests of the file wait until all of it is read, and the next file until they are over. */
function runNext(claims: string, files: string[]): void {
  t.test('the next file', async (t) => {
    for (let file = files.shift(); file !== undefined; file = files.shift()) {
      if (!(await isFirst(join(claims, file.replaceAll('/', ' '))))) continue
      t.pass(file)
      await import(join(TESTS, file))
      return runNext(claims, files)
    }
  })
}

/** By their size, and by what they use. */
async function longestFirst(): Promise<string[]> {
  const files = await Array.fromAsync(glob('**/*.test.ts', { cwd: TESTS }))
  const weighed = await Promise.all(
    files.sort().map(async (file) => {
      const source = await readFile(join(TESTS, file), 'utf8')
      const [, times = 0.5] = DEAR.find(([support]) => source.includes(support)) ?? []
      return { file, weight: times * source.length }
    }),
  )
  return weighed.sort((one, other) => other.weight - one.weight).map(({ file }) => file)
}
