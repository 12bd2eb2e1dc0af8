import { printFailures } from './failures.ts'
import { stopTestServer } from './test-database.ts'

await printFailures()
await stopTestServer()
