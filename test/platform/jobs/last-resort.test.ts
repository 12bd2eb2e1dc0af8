import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import t from 'tap'

const SCRIPT = `
  import { pino } from 'pino'
  import { logWhatNobodyCaught } from './src/platform/last-resort.ts'
  import { loggerOptions } from './src/platform/http/logging.ts'
  logWhatNobodyCaught(pino(loggerOptions('info')))
  Promise.reject(new Error('a library that does not wait'))
  setTimeout(() => { throw new Error('a listener that fails') }, 1)
  setTimeout(() => console.log('still here'), 50)
`

t.test('what nobody catches is logged, and the process lives', async (t) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  t.match(said, 'a library that does not wait')
  t.match(said, 'a listener that fails')
  t.match(said, /still here\n$/)
  t.equal(code, 0)
})
