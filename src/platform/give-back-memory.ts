import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Gives back to the system what was needed only for starting, about a third of what the process then has. V8 would
 * keep it until it is short of memory, which a small machine is before V8 notices.
 */
export function giveBackMemory(): void {
  // V8 also forgets the shapes of objects of which there are none just then, and never learns to make them as quickly again.
  // Ticks, several of which belong to every answer, are the ones that this was seen of: one waits meanwhile.
  process.nextTick(() => {})
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  if (typeof collect === 'function') collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
