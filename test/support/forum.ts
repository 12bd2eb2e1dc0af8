import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pino } from 'pino'
import root, { type Test } from 'tap'
import { openForum } from '../../src/compose.ts'
import { type Config, readConfig } from '../../src/config.ts'
import type { Forum } from '../../src/forum/forum.ts'
import { forgetSetupLink } from '../../src/forum/members/first-admin.ts'
import { hashPassword } from '../../src/forum/members/passwords.ts'
import { openSessions } from '../../src/forum/members/sessions/lucia.ts'
import { usernameProblem } from '../../src/forum/members/username.ts'
import { usernameKey } from '../../src/forum/members/username-key.ts'
import { inTransaction } from '../../src/platform/database/in-transaction.ts'
import type { Patience } from '../../src/platform/database/pool.ts'
import { loggerOptions } from '../../src/platform/http/logging.ts'
import { openMarkdown } from '../../src/platform/text/markdown/markdown.ts'
import type { Role } from '../../src/schema/enums.ts'
import { members } from '../../src/schema/members.ts'
import { buildApp } from '../../src/web/app.ts'
import { checkAnswers } from './checked-answers.ts'
import { freePort } from './free-port.ts'
import { Person } from './person.ts'
import { IN_MEMORY, TEMPORARY_FOLDER } from './temporary-folder.ts'
import { addressOf, onTestServer, TEMPLATE } from './test-database.ts'

export const PASSWORD = 'quatre mots sans rapport'

let passwordHash: Promise<string> | undefined

function passwordHashed(): Promise<string> {
  passwordHash ??= hashPassword(PASSWORD)
  return passwordHash
}

/** The forums of one test file render in the same threads, whose start costs most of what a small test does. */
const markdown = openMarkdown()
root.teardown(() => markdown.close())

export interface TestForum extends Forum {
  origin: string
  /** Every line that the forum has logged. */
  logged: string[]
  /** Somebody with a browser and no account. */
  passerBy(): Person
  /** Somebody who has registered and is logged in. */
  member(username: string, role?: Role): Promise<Person>
}

/** A database with the default boards. Answers its address. It is gone with the test server at the latest. */
export async function freshDatabase(): Promise<string> {
  const name = `forum_${randomUUID().replaceAll('-', '')}`
  await onTestServer(`create database ${name} template ${TEMPLATE} strategy file_copy`)
  return addressOf(name)
}

/** Gives its memory back, unless somebody still uses it: another process of the test, which ends later. */
async function dropDatabase(url: string): Promise<void> {
  await onTestServer(`drop database ${new URL(url).pathname.slice(1)}`).catch(() => {})
}

/** As if by the form, whose hashing of the password takes longer than all the rest; all of them have the same. */
async function newMember(forum: Forum, username: string, role: Role): Promise<number> {
  if (usernameProblem(username)) throw new Error(`Nobody may be called ${username}`)
  const hash = await passwordHashed()
  return inTransaction(forum, async (transaction) => {
    if (role === 'admin') await forgetSetupLink(transaction)
    const [made] = await transaction
      .insert(members)
      .values({ username, usernameKey: usernameKey(username), passwordHash: hash, language: 'fr', role })
      .returning({ id: members.id })
    if (!made) throw new Error('An insert answered no row')
    return made.id
  })
}

/**
 * A forum of its own for one test file: database (unless `DATABASE_URL` names one), server and all.
 * @param patience how long it waits for the database; absent: as long as a real forum.
 * @param bus instead of the one that the settings name.
 */
export async function startForum(
  t: Test,
  settings: Record<string, string> = {},
  patience?: Patience,
  bus?: Forum['bus'],
): Promise<TestForum> {
  const databaseUrl = settings.DATABASE_URL ?? (await freshDatabase())
  const dataDir = await mkdtemp(join(TEMPORARY_FOLDER, 'contrechamp-data-'))
  const port = settings.PORT === undefined ? await freePort() : Number(settings.PORT)
  const config: Config = readConfig({
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    RATE_LIMITS: 'off',
    ...settings,
  })
  const logged: string[] = []
  const log = pino(loggerOptions(config.logLevel), { write: (line: string) => void logged.push(line) })
  const opened = await openForum(config, databaseUrl, log, patience)
  const forum: Forum = { ...opened, markdown, ...(bus ? { bus } : {}) }
  const wrong: string[] = []
  const app = await buildApp(forum, (unfinished) => checkAnswers(unfinished, wrong))
  await app.listen({ port, host: '127.0.0.1' })
  t.teardown(async () => {
    await app.close()
    await forum.close()
    await rm(dataDir, { recursive: true, force: true })
    if (IN_MEMORY && settings.DATABASE_URL === undefined) await dropDatabase(databaseUrl)
    if (wrong.length > 0) throw new Error(`Answers that no schema allows:\n${wrong.join('\n')}`)
  })
  const origin = `http://127.0.0.1:${port}`
  const passerBy = () => new Person(origin)
  const sessions = openSessions(forum)
  return {
    ...forum,
    origin,
    logged,
    passerBy,
    async member(username, role = 'member') {
      const id = await newMember(forum, username, role)
      const { id: session } = await sessions.createSession(id, { device: '' })
      const person = passerBy()
      person.setCookie(sessions.sessionCookieName, session)
      return person
    },
  }
}
