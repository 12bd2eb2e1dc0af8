import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { command } from '../support/served.ts'

const SIZE = ['--threads', '12', '--posts', '60', '--members', '8', '--until', '2026-05-01']

/** The migrations of this checkout, a line each: when it was made, and what it says. */
export const migrationLines = (): string[] =>
  readMigrationFiles({ migrationsFolder: join(import.meta.dirname, '..', '..', 'migrations') }).map(
    ({ folderMillis, hash }) => `${folderMillis} ${hash}`,
  )

/** Keeps what a release looks like, for the tests of those that follow: its migrations, and a small forum with its schema. */
export async function makeRelease(
  folder: string,
  version: string,
  settings: Record<string, string> = {},
): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'contrechamp-release-'))
  // PostgreSQL has a user of its own where the forum is root.
  await chmod(data, 0o755)
  try {
    await mkdir(folder, { recursive: true })
    const place = { DATA_DIR: join(data, 'data'), ...settings }
    const backup = join(folder, `${version}.backup`)
    await rm(backup, { force: true })
    for (const words of [
      ['demo', ...SIZE],
      ['backup', backup],
    ]) {
      const { code, complaints } = await command(words, place)
      if (code !== 0) throw new Error(complaints)
    }
    await writeFile(join(folder, `${version}.migrations`), `${migrationLines().join('\n')}\n`)
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}
