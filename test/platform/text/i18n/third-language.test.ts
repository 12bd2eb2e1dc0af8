import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'

const PROJECT = join(import.meta.dirname, '../../../..')

const PROGRAM = `
const { LANGUAGES, preferredLanguage } = await import('./src/platform/text/i18n/languages.ts')
const { translator } = await import('./src/platform/text/i18n/translate.ts')
const { showNumber } = await import('./src/platform/text/i18n/formats.ts')
const it = preferredLanguage('it-CH, fr;q=0.5')
const say = translator(it)
console.log(JSON.stringify([LANGUAGES, it, say('boards.cities'), say('threads.locked') !== '', showNumber(12345, it)]))`

t.test('a third language is one catalogue file', async (t) => {
  const copy = await mkdtemp(join(tmpdir(), 'contrechamp-language-'))
  t.teardown(() => rm(copy, { recursive: true }))
  for (const name of ['src', 'package.json']) await cp(join(PROJECT, name), join(copy, name), { recursive: true })
  await symlink(join(PROJECT, 'node_modules'), join(copy, 'node_modules'))
  const french = JSON.parse(await readFile(join(copy, 'src/i18n/fr.json'), 'utf8'))
  french.boards.cities = 'Città'
  delete french.threads.locked
  await writeFile(join(copy, 'src/i18n/it.json'), JSON.stringify(french))
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], {
    cwd: copy,
    encoding: 'utf8',
  })
  t.same(JSON.parse(said), [['fr', 'en', 'it'], 'it', 'Città', true, '12.345'])
})
