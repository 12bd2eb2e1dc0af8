import { open } from 'node:fs/promises'

/** Whether no process of this run has claimed something before: whoever makes its file has it. */
export async function isFirst(claim: string): Promise<boolean> {
  try {
    await (await open(claim, 'wx')).close()
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
