import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Type } from 'typebox'
import { Value } from 'typebox/value'

/**
 * Asks the registry what it knows of the packages that run in production, and fails for what nobody has accepted with a
 * reason in `accepted.json`. Where the registry cannot be asked, it says so and passes: nothing here needs a network.
 */

const Report = Type.Object({
  vulnerabilities: Type.Record(
    Type.String(),
    Type.Object({
      severity: Type.String(),
      via: Type.Array(Type.Union([Type.String(), Type.Object({ url: Type.String(), title: Type.String() })])),
    }),
  ),
})
const Accepted = Type.Array(Type.Object({ advisory: Type.String(), reason: Type.String({ minLength: 20 }) }))

const read = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const accepted = read(readFileSync(`${import.meta.dirname}/accepted.json`, 'utf8'))
if (!Value.Check(Accepted, accepted)) throw new Error('accepted.json must be a list of { advisory, reason }')
const words = ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=5000']
const report = read(spawnSync('npm', words, { encoding: 'utf8', timeout: 15_000 }).stdout)
if (!Value.Check(Report, report)) {
  process.stdout.write('The registry could not be asked about advisories.\n')
} else {
  const known = new Set(accepted.map(({ advisory }) => advisory))
  const found = Object.entries(report.vulnerabilities).flatMap(([name, { severity, via }]) =>
    via.flatMap((one) =>
      typeof one === 'string' || known.has(one.url) ? [] : [`${name} (${severity}): ${one.title} ${one.url}`],
    ),
  )
  for (const line of found) process.stderr.write(`${line}\n`)
  if (found.length > 0) process.exitCode = 1
}
