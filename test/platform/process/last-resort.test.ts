import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import t from 'tap'

/** What a process logs in which all this happens, and how it ends. */
async function after(happens: string): Promise<{ code: number | null; logged: string }> {
  const program = `
    const { logLastResort } = await import('./src/platform/process/last-resort.ts')
    const { stopSignal } = await import('./src/platform/process/stop-signal.ts')
    const log = (name) => ({ err }, text) => console.log(name, text, err.code ?? err.message)
    const stop = stopSignal()
    logLastResort({ error: log('error'), fatal: log('fatal') })
    const working = setInterval(() => {}, 1_000)
    const end = () => { console.log('stops in order'); clearInterval(working) }
    stop.addEventListener('abort', end)
    ${happens}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [logged, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { code, logged }
}

const WANT = `Object.assign(new Error('too many open files'), { code: 'EMFILE', syscall: 'uv_resident_set_memory' })`

t.test('what leaves everything else as it was is logged, and the process goes on', async (t) => {
  const { code, logged } = await after(`
    Promise.reject(new Error('nobody waited'))
    Promise.reject(undefined)
    setImmediate(() => { throw ${WANT} })
    setTimeout(end, 100)`)
  t.equal(code, 0)
  t.equal(
    logged,
    'error failed where nobody waited for it nobody waited\nerror failed where nobody waited for it a undefined was thrown\n' +
      'error failed for now EMFILE\nstops in order\n',
  )
})

t.test('after any other exception it stops in order, and says that it failed', async (t) => {
  const { code, logged } = await after(`setImmediate(() => { throw new TypeError('x is not a function') })`)
  t.equal(code, 1)
  t.equal(logged, 'fatal failed, and stops x is not a function\nstops in order\n')
})
