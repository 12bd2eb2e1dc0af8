import { prepareServer } from './prepare.ts'

await prepareServer()
