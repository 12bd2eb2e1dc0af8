import { runGroup } from '../support/groups.ts'

runGroup('browser')
