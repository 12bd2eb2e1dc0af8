import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { attack, type Outcome, type Target } from './attacks.ts'

/** In a thread of its own, so that it does not keep from reading who is timed meanwhile. */
export async function attackInThread(name: string, target: Target): Promise<Outcome> {
  const worker = new Worker(import.meta.filename, { workerData: { name, target } })
  const [outcome] = await once(worker, 'message')
  await worker.terminate()
  return outcome
}

if (!isMainThread) parentPort?.postMessage(await attack(workerData.name, workerData.target))
