import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const PACKAGE = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..')
const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'))

/** One place for each version and each user of the machine, kept from run to run. */
const FOLDER = join(tmpdir(), `contrechamp-chromium-${version}-${process.getuid?.() ?? 'user'}`)

export const CHROMIUM = join(FOLDER, 'chromium')

/** Unpacks Chromium out of its npm package, once, with the fonts and libraries for machines that have none. */
export async function unpackChromium(): Promise<void> {
  if (existsSync(CHROMIUM)) return
  const unfinished = `${FOLDER}-${process.pid}`
  await mkdir(unfinished, { recursive: true })
  // The package unpacks into the folder for temporary files, wherever that is when it is asked.
  process.env.TMPDIR = unfinished
  const { default: chromium, inflate } = await import('@sparticuz/chromium')
  await chromium.executablePath()
  await inflate(join(PACKAGE, 'bin', 'al2023.tar.br'))
  await rm(FOLDER, { recursive: true, force: true })
  await rename(unfinished, FOLDER)
}

/** The environment to start it in: the machine's own libraries and fonts where it has them. */
export function chromiumEnvironment(): Record<string, string> {
  const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(FOLDER, 'fonts') }
  const own = { ...inherited(), ...fonts }
  try {
    execFileSync(CHROMIUM, ['--version'], { env: own, stdio: 'ignore' })
    return own
  } catch {
    return { ...own, LD_LIBRARY_PATH: join(FOLDER, 'al2023', 'lib') }
  }
}

function inherited(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}
