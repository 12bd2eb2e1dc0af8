import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'

const TESTS = join(import.meta.dirname, '..')

/**
 * Which test files run in one process, one after the other: to start a process costs more than most files do. Each takes
 * about as long as the others; those that take longest come first in the alphabet, in which they are started.
 */
const GROUPS = {
  browser: ['browser/**'],
  commands: ['commands/**'],
  demo: ['demo/**', 'platform/markdown/**'],
  live: [
    'features/live/**',
    'features/notifications/**',
    'features/reading/**',
    'features/subscriptions/**',
    'platform/live/**',
    'races/**',
  ],
  mail: ['features/digests/**', 'features/email/**', 'platform/mail/**'],
  pages: [
    '*',
    'features/accounts/**',
    'features/admin/**',
    'platform/database/**',
    'platform/http/**',
    'platform/jobs/**',
    'platform/i18n/**',
    'views/**',
  ],
  posts: ['features/boards/**', 'features/posts/**', 'features/threads/**'],
}

/** Runs a group's files in this process. */
export function runGroup(name: keyof typeof GROUPS): void {
  // Its tests wait until this one is over: what is being read meanwhile would hold up the forums of the first.
  t.test('the files are there', async () => {
    for (const file of await filesOf(GROUPS[name])) await import(join(TESTS, file))
  })
}

/** @throws Error unless each test file is in one group. */
export async function checkGroups(): Promise<void> {
  const groups = await Promise.all(Object.values(GROUPS).map(filesOf))
  for (const file of await filesOf(['**'])) {
    const { length } = groups.filter((files) => files.includes(file))
    if (length !== 1)
      throw new Error(`${file} is in ${length} groups: name its folder in one of test/support/groups.ts`)
  }
}

const filesOf = async (folders: readonly string[]): Promise<string[]> => {
  const patterns = folders.map((folder) => `${folder}.test.ts`.replace('**.', '**/*.'))
  return (await Array.fromAsync(glob(patterns, { cwd: TESTS }))).sort()
}
