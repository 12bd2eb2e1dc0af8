import { runGroup } from '../support/groups.ts'

runGroup('commands')
