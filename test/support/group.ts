import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'

/**
 * Runs every test file of a folder, and of the folders in it, in one process, one after the other: to start a process costs
 * more than most files do.
 */
export function runEvery(folder: string): void {
  // Its tests wait until this one is over: what is being read meanwhile would hold up the forums of the first.
  t.test('the files are there', async () => {
    const files = await Array.fromAsync(glob('**/*.test.ts', { cwd: folder }))
    for (const file of files.sort()) await import(join(folder, file))
  })
}
