import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Config, readConfig } from '../config.ts'
import { databaseFindings } from '../forum/administration/check-database.ts'
import { neighbourFindings } from '../forum/administration/check-neighbours.ts'
import { setUpFindings } from '../forum/administration/check-set-up.ts'
import { CHECKING, deepChecks } from '../forum/administration/deep-checks.ts'
import { broken, type Finding } from '../forum/administration/finding.ts'
import { openDatabase } from '../platform/database/database.ts'
import { visitDatabase } from '../platform/database/place.ts'
import { operatorError } from '../platform/database/unreachable.ts'
import { OperatorError } from '../platform/process/operator-error.ts'

const USAGE = 'Use: doctor [--deep [--mend]]'

const SIGNS: Record<Finding['kind'], string> = { fine: 'ok', advice: 'advice', mended: 'mended', broken: 'BROKEN' }

/** Checks the whole set-up, and says in plain lines what is wrong and what to do. Changes nothing but with `--mend`. */
export async function run(words: string[]): Promise<void> {
  for await (const finding of examine(process.env, parsed(words))) {
    process.stdout.write(`${lineOf(finding)}\n`)
    if (finding.kind === 'broken') process.exitCode = 1
  }
}

/** A finding as it is printed. */
export const lineOf = ({ kind, says }: Finding): string => `${SIGNS[kind].padEnd(6)}  ${says}`

/** What there is to say of a set-up, as it is found; last of all what keeps the rest from being looked at. */
export async function* examine(
  environment: NodeJS.ProcessEnv,
  { deep = false, mend = false }: { deep?: boolean; mend?: boolean },
): AsyncGenerator<Finding> {
  try {
    const config = readConfig(environment)
    yield* await setUpFindings(config)
    yield* await neighbourFindings(config)
    yield* await inDatabase(config, deep, mend)
  } catch (error) {
    const known = operatorError(error)
    if (!known) throw error
    yield broken(known.message)
  }
}

async function inDatabase(config: Config, deep: boolean, mend: boolean): Promise<Finding[]> {
  // To look must make nothing.
  if (!config.databaseUrl && !existsSync(join(config.dataDir, 'postgres'))) return []
  await using endings = new AsyncDisposableStack()
  const { url } = endings.use(await visitDatabase(config))
  const database = endings.adopt(await openDatabase(url, 2, CHECKING), ({ $client }) => $client.end())
  const { findings, isCurrent } = await databaseFindings(database)
  if (!deep || !isCurrent) return findings
  return [...findings, ...(await deepChecks(database, mend))]
}

function parsed(words: string[]) {
  try {
    const { values } = parseArgs({ args: words, options: { deep: { type: 'boolean' }, mend: { type: 'boolean' } } })
    if (!values.mend || values.deep) return values
  } catch {}
  throw new OperatorError(USAGE)
}
