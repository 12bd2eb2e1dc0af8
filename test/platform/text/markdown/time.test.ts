import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import type { Problem } from '../../../../src/platform/problem.ts'
import { openMarkdown } from '../../../../src/platform/text/markdown/markdown.ts'

const filled = (sign: string, size: number) => sign.repeat(Math.floor(size / sign.length))
const refused = (rendering: Promise<unknown>) =>
  rendering.then(
    () => null,
    ({ status }: Problem) => status,
  )
const PARAGRAPH = 'Le **conseil** a voté ([voir](https://exemple.fr/a)) : « oui ».\n\n'

t.test('who has used up their time waits, and others do not', async (t) => {
  const small = openMarkdown({ longestRendering: 300, each: { most: 600, over: 600_000 } })
  t.teardown(() => small.close())
  const by = (name: string, share: number | null, body: string) =>
    small.render({ body, language: 'fr', mentions: {}, numbers: null }, { name, share })
  const slow = filled('a\n\n', 60_000)
  t.equal(await refused(by('a', 1, slow)), 422)
  t.equal(await refused(by('a', 1, 'un')), 429, 'the start of another thread is paid for too')
  t.equal((await by('b', 1, 'deux')).excerpt, 'deux')
  t.equal((await by('a', null, 'trois')).excerpt, 'trois', 'where there are no limits')
})

t.test('looking leaves enough for sending', async (t) => {
  const small = openMarkdown({ each: { most: 4_000, over: 600_000_000 } })
  t.teardown(() => small.close())
  const by = (share: number) =>
    small.render({ body: PARAGRAPH.repeat(30), language: 'fr', mentions: {}, numbers: null }, { name: 'a', share })
  const looked = async (): Promise<unknown> => by(0.01).then(looked, ({ status }) => status)
  t.equal(await looked(), 429)
  t.match((await by(1)).excerpt, 'Le conseil')
})

t.test('the time in which the process was stopped does not count', async (t) => {
  const program = new URL('../../../support/render-when-told.ts', import.meta.url)
  const child = spawn(process.execPath, [fileURLToPath(program)], { stdio: ['pipe', 'pipe', 'inherit'] })
  t.teardown(() => child.kill('SIGKILL'))
  const said = createInterface(child.stdout)[Symbol.asyncIterator]()
  t.equal((await said.next()).value, 'ready')
  child.stdin.write('\n')
  t.equal((await said.next()).value, 'begun')
  child.kill('SIGSTOP')
  // Longer than a text may take.
  await setTimeout(1_500)
  child.kill('SIGCONT')
  t.equal((await said.next()).value, 'rendered')
})
