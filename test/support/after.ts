import { stopTestServer } from './test-database.ts'

await stopTestServer()
