import { runShare } from '../support/shares.ts'

await runShare()
