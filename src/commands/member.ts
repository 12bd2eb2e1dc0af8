import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { changeRole, resetPassword } from '../forum/members/administer-member.ts'
import { registerMember } from '../forum/members/register-member.ts'
import { imposeSanction, LONGEST_DAYS } from '../forum/moderation/impose-sanction.ts'
import { liftSanctions } from '../forum/moderation/lift-sanctions.ts'
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../limits.ts'
import { Problem } from '../platform/problem.ts'
import { OperatorError } from '../platform/process/operator-error.ts'
import { DEFAULT_LANGUAGE } from '../platform/text/i18n/languages.ts'
import { translator } from '../platform/text/i18n/translate.ts'
import type { Role } from '../schema/enums.ts'
import { withForum } from './with-forum.ts'

const USAGE = `Use: member create NAME [--role member|moderator|admin]
     member role NAME member|moderator|admin
     member password NAME
     member ban NAME [--days N] [--reason TEXT]
     member unban NAME [--reason TEXT]
A password is asked for, or read from the first line of standard input.`

const ROLES: readonly Role[] = ['member', 'moderator', 'admin']

/** Makes an account, changes what it may do, or gives it a new password. */
export async function run(words: string[]): Promise<void> {
  const { positionals, values } = parsed(words)
  const [verb, username, argument] = positionals
  if (!username) throw new OperatorError(USAGE)
  if (verb === 'create') {
    const role = roleNamed(values.role ?? 'member')
    const password = await askPassword()
    await withForum(async (forum) => {
      await registerMember(forum, { username, password, role, language: DEFAULT_LANGUAGE }).catch(explain)
    })
    process.stdout.write(`Made ${username}, ${role}.\n`)
  } else if (verb === 'role') {
    const role = roleNamed(argument ?? '')
    await withForum((forum) => changeRole(forum, username, role).catch(explain))
    process.stdout.write(`${username} is ${role} now.\n`)
  } else if (verb === 'password') {
    const password = await askPassword()
    await withForum((forum) => resetPassword(forum, username, password).catch(explain))
    process.stdout.write(`${username} has a new password and is logged out everywhere.\n`)
  } else if (verb === 'ban' || verb === 'unban') {
    const sanction = { username, by: null, reason: values.reason ?? null }
    await withForum((forum) =>
      verb === 'ban'
        ? imposeSanction(forum, { ...sanction, kind: 'ban', days: daysOf(values.days) }).catch(explain)
        : liftSanctions(forum, sanction).catch(explain),
    )
    process.stdout.write(verb === 'ban' ? `${username} is banned and logged out.\n` : `${username} may come back.\n`)
  } else {
    throw new OperatorError(USAGE)
  }
}

const text = { type: 'string' } as const
const OPTIONS = { role: text, days: text, reason: text }

function parsed(words: string[]) {
  try {
    return parseArgs({ args: words, allowPositionals: true, options: OPTIONS })
  } catch {
    throw new OperatorError(USAGE)
  }
}

function roleNamed(name: string): Role {
  const role = ROLES.find((known) => known === name)
  if (!role) throw new OperatorError(`A role is one of ${ROLES.join(', ')}.`)
  return role
}

/** Null: without end. */
function daysOf(typed: string | undefined): number | null {
  if (typed === undefined) return null
  const days = Number(typed)
  if (Number.isSafeInteger(days) && days >= 1 && days <= LONGEST_DAYS) return days
  throw new OperatorError(`A number of days is from 1 to ${LONGEST_DAYS}.`)
}

/** On a terminal, what is typed is not shown. */
async function askPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  if (process.stdin.isTTY) process.stderr.write('Password: ')
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY })
  const { value } = await lines[Symbol.asyncIterator]().next()
  lines.close()
  if (process.stdin.isTTY) process.stderr.write('\n')
  const password = String(value ?? '')
  if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) {
    throw new OperatorError(`A password has from ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD} characters.`)
  }
  return password
}

/** The message that a page would show for a Problem, as a line on the terminal. */
function explain(error: unknown): never {
  if (!(error instanceof Problem)) throw error
  const t = translator('en')
  const said = error.fields.map(({ key, values }) => t(key, values ?? {}))
  throw new OperatorError(said.length > 0 ? said.join(' ') : t(error.key, error.values))
}
