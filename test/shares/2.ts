import { runShare } from '../support/shares.ts'

runShare(import.meta.filename)
