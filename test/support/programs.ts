import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where a program of the machine is; null: it has none. Servers stand where only root usually looks. */
export function programNamed(name: string): string | null {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null
}
