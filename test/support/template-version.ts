import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** Changes with whatever the template is made from. */
export async function templateVersion(): Promise<string> {
  const hash = createHash('sha256')
  const files = await Array.fromAsync(glob(['migrations/**/*.{sql,json}', 'src/**/*boards*.{ts,json}'], { cwd: ROOT }))
  for (const file of files.sort()) hash.update(await readFile(join(ROOT, file)))
  return hash.digest('hex')
}
