import { appendFileSync, existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { TAP } from 'tap'
import { failuresFile } from './test-database.ts'

/** Writes down what fails, as it fails: a share that is killed later has said it. */
export function tellFailures(t: TAP): void {
  t.parser.on('fail', ({ fullname, name, diag }) => {
    appendFileSync(failuresFile(), `not ok - ${fullname} > ${name}\n${JSON.stringify(diag, null, 2)}\n`)
  })
}

/** Says once more, below tens of thousands of lines, what has failed in them. */
export async function printFailures(): Promise<void> {
  if (existsSync(failuresFile())) console.log(`# What failed:\n${await readFile(failuresFile(), 'utf8')}`)
}
