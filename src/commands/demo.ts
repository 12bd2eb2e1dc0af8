import { parseArgs } from 'node:util'
import { fillForum } from '../demo/fill-forum.ts'
import { DEMO_PASSWORD } from '../demo/write-members.ts'
import { OperatorError } from '../platform/process/operator-error.ts'
import { withForum } from './with-forum.ts'

const FULL = { threads: 50_000, posts: 1_000_000, members: 2_000 }
/** What `--small` is of it. */
const SMALL_PART = 50

const OPTIONS = {
  threads: { type: 'string' },
  posts: { type: 'string' },
  members: { type: 'string' },
  seed: { type: 'string' },
  until: { type: 'string' },
  small: { type: 'boolean' },
  force: { type: 'boolean' },
} as const

const USAGE = 'Use: demo [--small] [--threads N] [--posts N] [--members N] [--seed S] [--until DATE] [--force]'

/** Fills a forum with made-up people and what they say; the same for the same seed and the same last day. */
export async function run(words: string[]): Promise<void> {
  const { small, force = false, ...given } = parsed(words)
  const number = (name: 'threads' | 'posts' | 'members') =>
    wholeNumber(name, given[name] ?? String(small ? FULL[name] / SMALL_PART : FULL[name]))
  const size = { threads: number('threads'), posts: number('posts'), members: number('members') }
  if (size.posts < 2 * size.threads) throw new OperatorError('--posts must be at least twice --threads.')
  const until = new Date(given.until ?? new Date().toISOString().slice(0, 10))
  if (Number.isNaN(until.getTime())) throw new OperatorError('--until must be a date like 2026-05-01.')
  const seed = wholeNumber('seed', given.seed ?? '1')
  const say = (line: string) => process.stdout.write(`${line}\n`)
  await withForum((forum, url) => fillForum(forum, url, { ...size, seed, until, force, say }))
  say(`Done. Everybody's password is: ${DEMO_PASSWORD}`)
}

function parsed(words: string[]) {
  try {
    return parseArgs({ args: words, options: OPTIONS }).values
  } catch {
    throw new OperatorError(USAGE)
  }
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || number < 1) throw new OperatorError(`--${name} must be a whole number from 1 on. ${USAGE}`)
  return number
}
