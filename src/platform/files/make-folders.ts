import { existsSync } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it, and answers whether it was not there. Node's own way never ends below a folder that
 * is there and takes none, such as `/proc`.
 */
export async function makeFolders(path: string, mode = 0o777): Promise<boolean> {
  if (!existsSync(dirname(path))) await makeFolders(dirname(path), mode)
  try {
    await mkdir(path, { mode })
    return true
  } catch (error) {
    const isThere = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
    if (isThere) return false
    throw error
  }
}
