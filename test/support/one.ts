import { spawnSync } from 'node:child_process'
import { prepareServerOnce } from './prepare.ts'

/** Runs single test files on a test server that stays up for the next time: `npm run test:one -- FILE…`. */
await prepareServerOnce()
const flags = ['--import', './src/platform/quick-imports.ts']
/** In seconds; tap's 30 are short for a browser on a busy machine. */
const TAP_TIMEOUT = '180'
const env = { TAP_TIMEOUT, ...process.env, NODE_COMPILE_CACHE: 'node_modules/.cache/test-sources' }
for (const file of process.argv.slice(2)) {
  const { status } = spawnSync(process.execPath, [...flags, file], { stdio: 'inherit', env })
  if (status !== 0) process.exitCode = 1
}
