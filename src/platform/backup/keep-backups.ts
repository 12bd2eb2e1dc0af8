import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolders } from '../files/make-folders.ts'
import { OperatorError } from '../process/operator-error.ts'
import { ArchiveReader } from './read-archive.ts'
import { type SavedSettings, saveForum } from './save-forum.ts'
import { UNFINISHED } from './write-archive.ts'

/** How many days, weeks and months have a backup that is kept. */
export interface Keeping {
  days: number
  weeks: number
  months: number
}

export const USUAL_KEEPING: Keeping = { days: 7, weeks: 4, months: 6 }

const NAME = /^contrechamp-(\d{4})-(\d\d)-(\d\d)T(\d\d)(\d\d)(\d\d)Z\.backup$/
const DAY_MILLISECONDS = 86_400_000

/** `7d,4w,6m`; null when it is not of that kind. */
export function keepingOf(text: string): Keeping | null {
  const keeping = { days: 0, weeks: 0, months: 0 }
  const units = { d: 'days', w: 'weeks', m: 'months' } as const
  for (const word of text.split(',')) {
    const [, number, unit] = /^(\d{1,4})([dwm])$/.exec(word.trim()) ?? []
    if (unit !== 'd' && unit !== 'w' && unit !== 'm') return null
    keeping[units[unit]] = Number(number)
  }
  return keeping.days + keeping.weeks + keeping.months > 0 ? keeping : null
}

/**
 * Answers the names of the backups that are not kept. The newest of each of the last days, weeks and months is kept. A day,
 * week or month without a backup is not counted, so the last backups stay when no new ones come.
 */
export function outdated(names: readonly string[], { days, weeks, months }: Keeping): string[] {
  const made = names
    .flatMap((name) => {
      const at = madeAt(name)
      return at ? [{ name, at }] : []
    })
    .sort((one, other) => other.at.getTime() - one.at.getTime())
  const kept = new Set(made.slice(0, 1).map(({ name }) => name))
  const spans: [number, (at: Date) => string][] = [
    [days, (at) => at.toISOString().slice(0, 10)],
    [weeks, (at) => String(Math.floor((at.getTime() / DAY_MILLISECONDS + 3) / 7))],
    [months, (at) => at.toISOString().slice(0, 7)],
  ]
  for (const [most, spanOf] of spans) {
    const newest = new Map<string, string>()
    for (const { name, at } of made) if (!newest.has(spanOf(at))) newest.set(spanOf(at), name)
    for (const name of [...newest.values()].slice(0, most)) kept.add(name)
  }
  return made.flatMap(({ name }) => (kept.has(name) ? [] : [name]))
}

/** When a backup was made, by its name; null where it is not one of ours. */
function madeAt(name: string): Date | null {
  const [, year, month, day, hour, minute, second] = NAME.exec(name) ?? []
  if (!year) return null
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(at.getTime()) ? null : at
}

/**
 * Saves the forum in a folder, under the time, and removes the backups there that are not kept. Answers its path.
 * @throws OperatorError as `saveForum` does.
 */
export async function saveInto(
  settings: SavedSettings,
  folder: string,
  keeping: Keeping,
  recipient: string | null,
  stop: AbortSignal,
): Promise<{ path: string; bytes: number }> {
  await makeFolders(folder, 0o700).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(`The folder ${folder} cannot be made (${error.code}): choose another.`)
  })
  const time = new Date().toISOString().slice(0, 19).replaceAll(':', '')
  const path = join(folder, `contrechamp-${time}Z.backup`)
  const saved = await saveForum(settings, path, recipient, stop)
  for (const name of outdated(await readdir(folder), keeping)) await rm(join(folder, name), { force: true })
  await removeLeftOvers(folder)
  return { path, ...saved }
}

/** Of backups that were killed; one that is being written is younger. */
async function removeLeftOvers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.contrechamp-') || !name.endsWith(UNFINISHED)) continue
    const found = await stat(join(folder, name)).catch(() => null)
    if (found && Date.now() - found.mtimeMs > DAY_MILLISECONDS) await rm(join(folder, name), { force: true })
  }
}

/** When the newest backup in a folder that is whole was made; null: there is none. */
export async function lastBackup(folder: string): Promise<Date | null> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => madeAt(name)).sort()
  for (const name of names.reverse()) {
    const archive = await ArchiveReader.open(join(folder, name)).catch(() => null)
    if (!archive) continue
    await archive[Symbol.asyncDispose]()
    return madeAt(name)
  }
  return null
}
