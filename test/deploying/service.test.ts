import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { programNamed } from '../support/programs.ts'

/** Of 10, by systemd: a service without any hardening has 9.6. */
const MOST_EXPOSED = 2.5

const analyze = programNamed('systemd-analyze')

if (!analyze)
  t.comment('NOT RUN: there is no systemd-analyze here, so docs/deploying/contrechamp.service was not checked')
else
  t.test('the service is one that systemd understands, and shut in', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'contrechamp-service-'))
    t.teardown(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, 'contrechamp.service')
    const unit = await readFile(
      join(import.meta.dirname, '..', '..', 'docs', 'deploying', 'contrechamp.service'),
      'utf8',
    )
    t.match(unit, '/srv/contrechamp/node_modules/.bin/node')
    await writeFile(file, unit.replace('/srv/contrechamp/node_modules/.bin/node', process.execPath))
    const run = (...words: string[]) => spawnSync(analyze, words, { encoding: 'utf8' })
    const verified = run('verify', '--man=no', file)
    t.same([verified.status, verified.stderr.split('\n').filter((line) => line.includes('contrechamp'))], [0, []])
    const judged = run('security', '--offline=yes', '--no-pager', file)
    const [, exposure = '10'] = /Overall exposure level for \S+: ([\d.]+)/.exec(judged.stdout) ?? []
    t.ok(Number(exposure) <= MOST_EXPOSED, `${exposure} of 10\n${judged.stderr}`)
  })
