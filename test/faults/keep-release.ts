import { join } from 'node:path'
import project from '../../package.json' with { type: 'json' }
import { makeRelease } from './make-release.ts'

await makeRelease(join(import.meta.dirname, 'released'), project.version)
