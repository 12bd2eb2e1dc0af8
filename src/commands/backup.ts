import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { type Keeping, keepingOf, saveInto, USUAL_KEEPING } from '../platform/backup/keep-backups.ts'
import { saveForum } from '../platform/backup/save-forum.ts'
import { OperatorError } from '../platform/process/operator-error.ts'
import { stopSignal } from '../platform/process/stop-signal.ts'

const USAGE = 'Use: backup FILE [--to-recipient age1…], or backup --to DIR [--keep 7d,4w,6m] [--to-recipient age1…]'
const MEGABYTE = 1_000_000

/** Saves the whole forum in one file, while it runs. */
export async function run(words: string[]): Promise<void> {
  const { file, folder, keeping, recipient } = parsed(words)
  const config = readConfig(process.env)
  const stop = stopSignal()
  try {
    const { path, bytes } = folder
      ? await saveInto(config, resolve(folder), keeping, recipient, stop)
      : { path: file, ...(await saveForum(config, resolve(file), recipient, stop)) }
    process.stdout.write(`Saved in ${path} (${(bytes / MEGABYTE).toFixed(1)} MB).\n`)
  } catch (error) {
    throw stop.aborted ? new OperatorError('Stopped: no backup was made.') : error
  }
}

interface Asked {
  file: string
  folder: string | undefined
  keeping: Keeping
  recipient: string | null
}

const text = { type: 'string' } as const
const OPTIONS = { to: text, keep: text, 'to-recipient': text }

function parsed(words: string[]): Asked {
  try {
    const { values, positionals } = parseArgs({ args: words, allowPositionals: true, options: OPTIONS })
    const [file = ''] = positionals
    const keeping = values.keep === undefined ? USUAL_KEEPING : keepingOf(values.keep)
    const isOne = values.to === undefined ? positionals.length === 1 && !values.keep : positionals.length === 0
    if (isOne && keeping) return { file, folder: values.to, keeping, recipient: values['to-recipient'] ?? null }
  } catch {}
  throw new OperatorError(USAGE)
}
