import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Generator } from './load.ts'
import { loadWithAutocannon } from './load-with-autocannon.ts'
import { loadWithWrk } from './load-with-wrk.ts'

/** `wrk` where it is installed, because it takes less of the machine away from what it measures. */
export async function chooseGenerator(): Promise<Generator> {
  const hasWrk = await promisify(execFile)('which', ['wrk']).then(
    () => true,
    () => false,
  )
  return hasWrk ? { name: 'wrk', load: loadWithWrk } : { name: 'autocannon', load: loadWithAutocannon }
}
