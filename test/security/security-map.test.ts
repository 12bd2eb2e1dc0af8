import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import t from 'tap'

const ROOT = `${import.meta.dirname}/../..`

t.test('what docs/security.md says is shown by is there', async (t) => {
  const text = await readFile(`${ROOT}/docs/security.md`, 'utf8')
  const named = new Set([...text.matchAll(/`((?:test|docs|src|views)\/[\w./-]+)`/g)].map(([, path = '']) => path))
  t.ok(named.size > 50)
  for (const path of named) t.ok(existsSync(`${ROOT}/${path}`), path)
})
