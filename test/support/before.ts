import { checkGroups } from './groups.ts'
import { prepareServer } from './prepare.ts'

await checkGroups()
await prepareServer()
