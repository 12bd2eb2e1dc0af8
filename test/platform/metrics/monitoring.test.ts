import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { Program } from '../../support/program.ts'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'docs', 'monitoring')
/** Of Debian's package `prometheus`. */
const HAS_PROMTOOL = spawnSync('promtool', ['--version']).status === 0

t.test('the example dashboard and alerts', async (t) => {
  const forum = await startForum(t, { DATABASE_REPLICA_URLS: 'postgres://127.0.0.1:1/nobody' })
  const { text } = await new Program(forum.origin).get('/metrics')
  const dashboard = await readFile(join(FOLDER, 'dashboard.json'), 'utf8')
  const alerts = await readFile(join(FOLDER, 'alerts.yml'), 'utf8')

  t.test('name only figures that there are', async (t) => {
    const known = new Set([...text.matchAll(/^# HELP (\w+)/gm)].map(([, name]) => name))
    for (const document of [dashboard, alerts]) {
      const named = [...document.matchAll(/\b(?:contrechamp|http|process|nodejs)_\w+/g)].map(([name]) => name)
      t.ok(named.length > 8, `${named.length} are named`)
      t.same(
        named.filter((name) => !known.has(name.replace(/_bucket$/, ''))),
        [],
      )
    }
    t.ok(JSON.parse(dashboard).panels.length > 10)
  })

  t.test('are what Prometheus understands, and so is what the forum says', async (t) => {
    if (!HAS_PROMTOOL) return t.comment('NOT RUN: promtool is not installed, so neither rules nor figures were checked')
    const rules = spawnSync('promtool', ['check', 'rules', join(FOLDER, 'alerts.yml')], { encoding: 'utf8' })
    t.equal(rules.status, 0, rules.stdout + rules.stderr)
    const figures = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' })
    t.equal(figures.status, 0, figures.stdout + figures.stderr)
  })
})
