import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'

const PROJECT = join(import.meta.dirname, '..', '..')

/** A migration with data, as an update brings them. */
const TOMORROW = `alter table threads add column tomorrow text;
--> statement-breakpoint
update threads set tomorrow = 'as it was: ' || title;
`

/** A checkout of the version after this one, which has one migration more. Answers its main program. */
export async function nextVersion(t: Test): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'contrechamp-next-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  for (const part of ['src', 'views', 'static', 'migrations', 'package.json']) {
    await cp(join(PROJECT, part), join(folder, part), { recursive: true })
  }
  await symlink(join(PROJECT, 'node_modules'), join(folder, 'node_modules'))
  const file = join(folder, 'migrations', 'meta', '_journal.json')
  const journal = JSON.parse(await readFile(file, 'utf8'))
  const last = journal.entries.at(-1)
  const next = { ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_tomorrow' }
  await writeFile(file, JSON.stringify({ ...journal, entries: [...journal.entries, next] }))
  await writeFile(join(folder, 'migrations', '9999_tomorrow.sql'), TOMORROW)
  return join(folder, 'src', 'main.ts')
}
