import { readFileSync } from 'node:fs'

const FILE = new URL('../platform/text/markdown/hostile-texts.txt', import.meta.url)
const SIGNS: Record<string, string> = { n: '\n', t: '\t' }

/** The texts of `hostile-texts.txt`. */
export const HOSTILE_TEXTS = readFileSync(FILE, 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('%%'))
  .map((line) =>
    line.replace(/\\(?:([nt])|u\{([0-9a-f]+)\})/g, (_, sign: string | undefined, code: string) =>
      sign ? (SIGNS[sign] ?? '') : String.fromCodePoint(Number.parseInt(code, 16)),
    ),
  )
