import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import t from 'tap'
import { lean } from '../../../src/platform/http/assets.ts'
import { ASSETS } from '../../../src/web/assets.ts'

const source = (path: string) => readFileSync(new URL(path, ASSETS.folder), 'utf8')

t.test('comments of whole lines, types and indentation do not go over the wire', async (t) => {
  t.equal(lean('/** Says\n * what. */\n  a /* b */\n  // why\n\n  /** @type {string} */ (c)\n'), 'a /* b */\n(c)\n')
})

t.test('what goes over the wire is whole', async (t) => {
  for (const path of Object.values(ASSETS.scripts).flat()) {
    t.doesNotThrow(() => new Script(lean(source(path))), path)
  }
  for (const path of ASSETS.stylesheets) {
    const signs = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s/g, '')
    t.equal(signs(lean(source(path))), signs(source(path)), path)
  }
})
