import { parseArgs } from 'node:util'
import { keepRetention } from '../forum/administration/keep-retention.ts'
import { OperatorError } from '../platform/process/operator-error.ts'
import { withForum } from './with-forum.ts'

const USAGE = 'Use: retention [--on YYYY-MM-DD]'

/** Runs the nightly job that forgets what was kept for long enough: as of now, or of the end of a day (UTC). */
export async function run(words: string[]): Promise<void> {
  const day = parsed(words)
  const now = day === undefined ? new Date() : endOf(day)
  await withForum((forum) => keepRetention(forum, now))
  process.stdout.write(`Done: what was kept for long enough on ${now.toISOString().slice(0, 10)} is forgotten.\n`)
}

function parsed(words: string[]): string | undefined {
  try {
    return parseArgs({ args: words, options: { on: { type: 'string' } } }).values.on
  } catch {
    throw new OperatorError(USAGE)
  }
}

/** `2027-02-30` is a date to `Date`, but not the same one. */
function endOf(day: string): Date {
  const end = new Date(`${day}T23:59:59.999Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(end.getTime()) || !end.toISOString().startsWith(day))
    throw new OperatorError(USAGE)
  return end
}
