import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { CHECKING, deepChecks } from '../forum/administration/deep-checks.ts'
import { loadForum } from '../platform/backup/load-forum.ts'
import { openDatabase } from '../platform/database/database.ts'
import { OperatorError } from '../platform/process/operator-error.ts'

const USAGE = 'Use: restore FILE [--replace] [--identity KEYFILE]'

/** Puts a forum back from a file that `backup` has written. */
export async function run(words: string[]): Promise<void> {
  const { file, replace, identity } = parsed(words)
  const { unknown } = await loadForum(readConfig(process.env), file, { replace, identity }, checkCounts)
  for (const table of unknown) process.stdout.write(`Left out, because the forum has no such table: ${table}.\n`)
  process.stdout.write(`Restored from ${file}.\n`)
}

/** Keys and foreign keys PostgreSQL has checked by then. What was wrong before it was saved is restored as it was. */
async function checkCounts(databaseUrl: string): Promise<void> {
  const database = await openDatabase(databaseUrl, 1, CHECKING)
  try {
    const findings = await deepChecks(database, false)
    for (const { kind, says } of findings) if (kind === 'broken') process.stdout.write(`${says}\n`)
  } finally {
    await database.$client.end()
  }
}

function parsed(words: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { replace: { type: 'boolean' }, identity: { type: 'string' } },
    })
    const [file] = positionals
    if (file && positionals.length === 1)
      return { file, replace: values.replace ?? false, identity: values.identity ?? null }
  } catch {}
  throw new OperatorError(USAGE)
}
