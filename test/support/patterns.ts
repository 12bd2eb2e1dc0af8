import { globSync, readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'

/** A regular expression in our sources. */
export interface FoundPattern {
  source: string
  flags: string
  file: string
}

const ROOT = new URL('../../', import.meta.url).pathname
const SOURCES = ['src/**/*.ts', 'views/**/*.ts', 'static/js/**/*.js']
/** Makes one of each schema's pattern, which is found where it is written. */
const MADE_FROM_SCHEMAS = 'src/platform/http/forms/validation.ts'

/** Methods of texts that take a text for a regular expression. */
const MAKE_ONE_OF_A_TEXT = new Set(['match', 'matchAll', 'search'])

/** Every regular expression of the forum: literals, those that are put together, and the patterns of schemas. */
export function patternsOfTheForum(): FoundPattern[] {
  return globSync(SOURCES, { cwd: ROOT }).flatMap((file) => patternsIn(readFileSync(ROOT + file, 'utf8'), file))
}

/** @throws Error where one is made of something that cannot be read here. */
export function patternsIn(code: string, file: string): FoundPattern[] {
  const found: FoundPattern[] = []
  const look = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return
    const pattern = patternOf(node as Node, file)
    if (pattern) found.push(pattern)
    for (const inner of Object.values(node)) look(inner)
  }
  look(parseSync(file, code).program)
  return found
}

/** As much of a syntax tree (ESTree) as is asked about here. */
interface Node {
  type?: string
  name?: string
  value?: unknown
  regex?: { pattern: string; flags: string }
  callee?: Node
  property?: Node
  arguments?: Node[]
  id?: Node
  init?: Node | null
  key?: Node
  quasis?: { value: { cooked: string } }[]
}

function patternOf(node: Node, file: string): FoundPattern | null {
  if (node.regex) return { source: node.regex.pattern, flags: node.regex.flags, file }
  if (node.callee?.name === 'RegExp') {
    if (file === MADE_FROM_SCHEMAS) return null
    const [source, flags] = node.arguments ?? []
    return { source: textOf(source, file), flags: flags ? textOf(flags, file) : '', file }
  }
  const [sought] = node.arguments ?? []
  if (
    MAKE_ONE_OF_A_TEXT.has(node.callee?.property?.name ?? '') &&
    (sought?.quasis || typeof sought?.value === 'string')
  ) {
    return { source: textOf(sought, file), flags: '', file }
  }
  const named = node.type === 'VariableDeclarator' && node.id?.name?.endsWith('PATTERN') ? node.init : null
  const ofSchema = node.type === 'Property' && node.key?.name === 'pattern' ? (node.value as Node) : null
  const text = named ?? ofSchema
  if (!text || text.regex) return null
  // One that is named is found where it is declared.
  if (text.type === 'Identifier' && text.name?.endsWith('PATTERN')) return null
  return { source: textOf(text, file), flags: 'u', file }
}

/** A text as it is written; what is put into it stands for one letter. */
function textOf(node: Node | undefined, file: string): string {
  if (typeof node?.value === 'string') return node.value
  if (node?.quasis) return node.quasis.map(({ value }) => value.cooked).join('x')
  throw new Error(`A pattern in ${file} is put together in a way that nobody can check`)
}
