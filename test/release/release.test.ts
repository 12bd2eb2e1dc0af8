import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'

const PROJECT = join(import.meta.dirname, '..', '..')

t.test('a release names each package that it is made of, and its licence', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'contrechamp-release-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const run = (program: string, ...words: string[]) => execFileSync(program, words, { cwd: folder, encoding: 'utf8' })
  run(process.execPath, join(PROJECT, 'test', 'release', 'make-release.ts'), folder)
  const { name, version, dependencies } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8'))
  const stem = `${name}-${version}`

  t.match(run('sha256sum', '--check', 'SHA256SUMS'), `${stem}.tar.gz: OK`)
  t.ok(run('tar', '--list', '--file', `${stem}.tar.gz`).split('\n').includes(`${stem}/package-lock.json`))

  const materials = JSON.parse(await readFile(join(folder, `${stem}.cdx.json`), 'utf8'))
  t.match(materials, { bomFormat: 'CycloneDX', specVersion: '1.5', metadata: { component: { name, version } } })
  const components: { name: string; version: string; group?: string; licenses?: unknown; hashes?: unknown }[] =
    materials.components
  const listed = new Set(components.map((one) => `${one.group ? `${one.group}/` : ''}${one.name} ${one.version}`))
  for (const [dependency, exact] of Object.entries(dependencies)) t.ok(listed.has(`${dependency} ${exact}`), dependency)
  for (const { name, licenses, hashes } of components) {
    t.ok(hashes, `${name} has a checksum`)
    t.match(JSON.stringify(licenses), /MIT|BSD|Apache|ISC|BlueOak|LGPL|MPL|Unlicense|Python/, name)
    t.notMatch(JSON.stringify(licenses), /AGPL|"GPL/, name)
  }
})
