import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Test } from 'tap'

const run = promisify(execFile)

/** A folder for what a test writes: on a disk of its own where the system gives us one, as it does to root on most machines. */
export interface SmallDisk {
  folder: string
  isOwn: boolean
  /** Writes until nothing fits any more. */
  fill(): Promise<void>
  /** There is room again. */
  clear(): Promise<void>
}

export async function openDisk(t: Test, megabytes: number): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'contrechamp-disk-'))
  const isOwn = await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder]).then(
    () => true,
    () => false,
  )
  await chmod(folder, 0o755)
  t.teardown(async () => {
    if (isOwn) await run('umount', ['--lazy', folder])
    await rm(folder, { recursive: true, force: true })
  })
  const ballast = join(folder, 'ballast')
  return {
    folder,
    isOwn,
    async fill() {
      if (!isOwn) throw new Error('It would fill the disk of this machine')
      const hasTaken = (bytes: number) =>
        writeFile(ballast, Buffer.alloc(bytes), { flag: 'a' }).then(
          () => true,
          () => false,
        )
      // The last ones are smaller than the page that a file takes.
      for (const size of [1_000_000, 10_000, 500]) while (await hasTaken(size));
    },
    clear: () => rm(ballast),
  }
}
