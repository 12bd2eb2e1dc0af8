import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { command, dataFolder, SOURCES } from '../support/served.ts'
import { addressOf, onTestServer } from '../support/test-database.ts'

const PROJECT = join(import.meta.dirname, '..', '..')

/** `npm ci` is how these tests came to be here; `npm-start.test.ts` has the other. */
const ELSEWHERE = ['npm ci', 'npm start']

/** The lines of a page that are meant for a program, in their order; those of a crontab without their time. */
function linesIn(page: string): { line: string; isSql: boolean }[] {
  const blocks = [...page.matchAll(/^```(sh|crontab|sql)\n([^`]*)^```$/gm)]
  return blocks.flatMap(([, kind, lines = '']) =>
    lines
      .trim()
      .split('\n')
      .map((line) => ({
        line: kind === 'crontab' ? line.split(' ').slice(5).join(' ') : line,
        isSql: kind === 'sql',
      })),
  )
}

t.test('each command of docs/operations.md works, in its order', async (t) => {
  const DATA_DIR = await dataFolder(t)
  const folder = dirname(DATA_DIR)
  t.match(await command(['demo', '--threads', '20', '--posts', '100', '--members', '10'], { DATA_DIR }), { code: 0 })
  const settings = join(folder, 'contrechamp.env')
  await writeFile(settings, `DATA_DIR=${DATA_DIR}\nMAIL_FROM=Contrechamp <forum@forum.example>\n`)
  const owner = `operations_${process.pid}`
  t.teardown(async () => {
    await onTestServer(`drop database if exists ${owner} with (force)`)
    await onTestServer(`drop role if exists ${owner}`)
  })
  const places: [string, string][] = [
    ['postgres://contrechamp:password@localhost/contrechamp', `'${await addressOf(owner, owner)}'`],
    ['sudo install -d -m 700 -o contrechamp', 'install -d -m 700'],
    ['/var/backups/contrechamp', join(folder, 'backups')],
    ['/var/lib/contrechamp-2', join(folder, 'other')],
    ['/etc/contrechamp.env', settings],
    ['/srv/contrechamp', PROJECT],
    ['backup-key.txt', join(folder, 'backup-key.txt')],
    ['npx node', process.execPath],
  ]
  const lines = linesIn(await readFile(join(PROJECT, 'docs', 'operations.md'), 'utf8'))
  t.ok(lines.length > 12, 'they are found')
  let publicKey = ''
  for (const { line, isSql } of lines) {
    if (ELSEWHERE.includes(line)) continue
    if (isSql) {
      await onTestServer(line.replaceAll('contrechamp', owner))
      continue
    }
    const here = places.reduce((words, [there, place]) => words.replaceAll(there, place), line)
    const env = { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: SOURCES, PUBLIC_KEY: publicKey }
    const own = line.includes('--env-file') ? env : { ...env, DATA_DIR }
    const shell = spawn('/bin/sh', ['-c', here], { cwd: PROJECT, env: own, stdio: ['ignore', 'pipe', 'pipe'] })
    const [printed, complaints, [code]] = await Promise.all([
      text(shell.stdout),
      text(shell.stderr),
      once(shell, 'exit'),
    ])
    t.same([code, complaints], [0, ''], `${line}\n${printed}`)
    publicKey = /^age1\w+$/m.exec(printed)?.[0] ?? publicKey
  }
})
