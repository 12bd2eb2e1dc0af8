import { runEvery } from '../support/group.ts'

runEvery(import.meta.dirname)
