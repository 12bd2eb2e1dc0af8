import { glob, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import t from 'tap'

const TESTS = join(import.meta.dirname, '..')

/**
 * Runs a share of all test files in this process, one after the other: to start a process costs more than most files do.
 * Each file of `test/shares` names one share.
 */
export function runShare(file: string): void {
  // Its tests wait until this one is over: what is being read meanwhile would hold up the forums of the first.
  t.test('the files are there', async () => {
    const shares = (await readdir(dirname(file))).sort()
    for (const test of (await divided(shares.length))[shares.indexOf(basename(file))] ?? []) {
      await import(join(TESTS, test))
    }
  })
}

/**
 * Deals the folders out, the largest first and each to the share with the least, by the size of their files. A folder stays
 * whole, so that one browser serves all who need one.
 */
async function divided(count: number): Promise<string[][]> {
  const files = await Array.fromAsync(glob('**/*.test.ts', { cwd: TESTS }))
  const sized = await Promise.all(
    files.sort().map(async (file) => ({ file, size: (await stat(join(TESTS, file))).size })),
  )
  const folders = [...Map.groupBy(sized, ({ file }) => dirname(file)).values()].map((members) => ({
    files: members.map(({ file }) => file),
    size: members.reduce((sum, { size }) => sum + size, 0),
  }))
  const shares = Array.from({ length: count }, (): { files: string[]; size: number } => ({ files: [], size: 0 }))
  for (const folder of folders.sort((one, other) => other.size - one.size)) {
    const [least] = shares.sort((one, other) => one.size - other.size)
    if (!least) break
    least.files.push(...folder.files)
    least.size += folder.size
  }
  return shares.map((share) => share.files)
}
