import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { emptyDatabase } from '../support/rows.ts'
import { command, dataFolder, SOURCES } from '../support/served.ts'

const PROJECT = join(import.meta.dirname, '..', '..')

/** `npm ci` is how these tests came to be here; `npm-start.test.ts` has the other. */
const ELSEWHERE = ['npm ci', 'npm start']

/** The lines of a page that are meant for a shell, in their order; those of a crontab without their time. */
function commandsIn(page: string): string[] {
  const blocks = [...page.matchAll(/^```(sh|crontab)\n([^`]*)^```$/gm)]
  return blocks.flatMap(([, kind, lines = '']) =>
    lines
      .trim()
      .split('\n')
      .map((line) => (kind === 'crontab' ? line.split(' ').slice(5).join(' ') : line)),
  )
}

t.test('each command of docs/operations.md works, in its order', async (t) => {
  const DATA_DIR = await dataFolder(t)
  const folder = dirname(DATA_DIR)
  t.match(await command(['demo', '--threads', '20', '--posts', '100', '--members', '10'], { DATA_DIR }), { code: 0 })
  const places: [string, string][] = [
    ['postgres://contrechamp:password@localhost/contrechamp', `'${await emptyDatabase()}'`],
    ['/var/backups/contrechamp', join(folder, 'backups')],
    ['/var/lib/contrechamp-2', join(folder, 'other')],
    ['/srv/contrechamp', PROJECT],
    ['backup-key.txt', join(folder, 'backup-key.txt')],
    ['npx node', process.execPath],
  ]
  const commands = commandsIn(await readFile(join(PROJECT, 'docs', 'operations.md'), 'utf8'))
  t.ok(commands.length > 12, 'they are found')
  let publicKey = ''
  for (const line of commands) {
    if (ELSEWHERE.includes(line)) continue
    const here = places.reduce((words, [there, place]) => words.replaceAll(there, place), line)
    const env = { PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: SOURCES, DATA_DIR, PUBLIC_KEY: publicKey }
    const shell = spawn('/bin/sh', ['-c', here], { cwd: PROJECT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const [printed, complaints, [code]] = await Promise.all([
      text(shell.stdout),
      text(shell.stderr),
      once(shell, 'exit'),
    ])
    t.same([code, complaints], [0, ''], `${line}\n${printed}`)
    publicKey = /^age1\w+$/m.exec(printed)?.[0] ?? publicKey
  }
})
