import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { templateVersion } from './template-version.ts'
import { testServerMadeFor } from './test-database.ts'

/*
 * Runs single test files on a test server that stays up for the next time: `npm run test:one -- FILE…`. One file runs in this
 * process, because the start of another takes as long as most files do.
 */

/** More databases than this cost memory and disk: the server is then made anew. */
const MOST_DATABASES = 150

// In seconds; tap's 30 are short for a browser on a busy machine.
process.env.TAP_TIMEOUT ??= '180'

const files = process.argv.slice(2)
const [only] = files
if (files.length === 1 && only !== undefined) {
  if ((await testServerMadeFor(MOST_DATABASES)) !== (await templateVersion())) {
    const { prepareServer } = await import('./prepare.ts')
    await prepareServer()
  }
  await import(resolve(only))
} else {
  for (const file of files) {
    const { status } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, file], {
      stdio: 'inherit',
    })
    if (status !== 0) process.exitCode = 1
  }
}
