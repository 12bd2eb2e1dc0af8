import { chmod, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstAnswer, startProgram } from '../load/program.ts'
import { readUntil } from '../load/reader.ts'
import { freePort } from '../support/free-port.ts'
import { Person } from '../support/person.ts'
import { attackInThread } from './attack-thread.ts'
import { ATTACKS, type Target } from './attacks.ts'

const SECONDS = 8
const QUIET_SECONDS = 3
const [wanted = ''] = process.argv.slice(2)

const MAIN = `${import.meta.dirname}/../../src/main.ts`
const folder = await mkdtemp(join(tmpdir(), 'contrechamp-abuse-'))
// The database may run as another user.
await chmod(folder, 0o755)
const log = await open(`${folder}/log`, 'w')
// With the limits that a forum has: these are what is tried.
const settings = { DATA_DIR: `${folder}/data`, RATE_LIMITS: 'on', LOG_LEVEL: 'warn' }
const forum = startProgram(MAIN, [], { port: await freePort(), output: log.fd, settings })
let failed = false
try {
  await firstAnswer(forum, '/')
  const { reader, target } = await settle(forum.origin)
  process.stdout.write(
    `${'attack'.padEnd(14)} ${'quiet p95'.padStart(10)} ${'p95 then'.padStart(10)}  what came back\n`,
  )
  for (const name of Object.keys(ATTACKS).filter((one) => one.startsWith(wanted))) {
    const quietUntil = performance.now() + 1_000 * QUIET_SECONDS
    const quiet = await readUntil(reader, () => performance.now() > quietUntil)
    let isOver = false
    const attacking = attackInThread(name, target).finally(() => {
      isOver = true
    })
    const [then, outcome] = await Promise.all([readUntil(reader, () => isOver).catch(String), attacking])
    if (typeof then === 'string') failed = true
    const said = typeof then === 'string' ? then : `${then.toFixed(1)} ms`
    const came = Object.entries(outcome).map(([what, times]) => `${what} × ${times}`)
    process.stdout.write(
      `${name.padEnd(14)} ${`${quiet.toFixed(1)} ms`.padStart(10)} ${said.padStart(10)}  ${came.join(', ')}\n`,
    )
  }
} catch (error) {
  failed = true
  process.stderr.write(`${error}\n`)
} finally {
  if (forum.process.exitCode !== null) process.stderr.write(`The forum ended with ${forum.process.exitCode}\n`)
  else await forum.end()
  await log.close()
}
const faults = (await readFile(`${folder}/log`, 'utf8')).split('\n').filter((line) => line.includes('"level":50'))
if (faults.length > 0) process.stderr.write(`${faults.length} faults in the log; the first: ${faults[0]}\n`)
await rm(folder, { recursive: true, force: true })
process.exitCode = failed || faults.length > 0 || forum.process.exitCode !== 0 ? 1 : 0

/** A member, and a thread for them to read. */
async function settle(origin: string) {
  const lectrice = new Person(origin)
  const fields = { username: 'Lectrice', password: 'quatre mots sans rapport' }
  if ((await lectrice.post('/register', fields)).status >= 400) throw new Error('Nobody could join')
  const thread = { title: 'Une caméra place Garibaldi', body: 'Elle est là depuis mardi.', boards: 'nice' }
  const page = (await lectrice.post('/threads', thread)).location?.split('#')[0] ?? ''
  await new Person(origin).get(page)
  const target: Target = { origin, seconds: SECONDS, page, thread: 1, perSecond: 500 }
  return { reader: { origin, cookie: lectrice.cookieHeader, paths: [page, '/', '/cities/nice'] }, target }
}
