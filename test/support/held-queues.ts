import type { Test } from 'tap'
import { FairQueue } from '../../src/platform/rate-limits/fair-queue.ts'

/** Lets nothing that is queued from now on do its work until it is released, and tells in which order it was asked for and begun. */
export function holdQueues(t: Test) {
  const asked: string[] = []
  const begun: string[] = []
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { run } = FairQueue.prototype
  FairQueue.prototype.run = function <Result>(this: FairQueue, group: string, work: () => Promise<Result>) {
    asked.push(group)
    const held = async () => {
      begun.push(group)
      await released
      return await work()
    }
    return run.call(this, group, held) as Promise<Result>
  }
  t.teardown(() => {
    release()
    FairQueue.prototype.run = run
  })
  return { asked, begun, release }
}
