import { JSDOM } from 'jsdom'

const { document } = new JSDOM('').window

const NAMED = /&([a-z][a-z0-9]*);/gi

/** HTML's own names, and those that people made up: as many as are worth remembering. */
const known = new Map<string, boolean>([
  ['amp', true],
  ['lt', true],
  ['gt', true],
  ['quot', true],
])
const MOST_KNOWN = 5_000

/**
 * Makes text of the references that are none of HTML's (CommonMark §2.5): a browser reads the beginning of `&copycat;`
 * as ©, for the sake of pages that forgot the semicolon.
 */
export function withoutFalseReferences(html: string): string {
  if (!html.includes(';')) return html
  learn(new Set([...html.matchAll(NAMED)].map(([, name = '']) => name)))
  const shown = html.replace(NAMED, (whole, name: string) => (known.get(name) ? whole : `&amp;${name};`))
  if (known.size > MOST_KNOWN) known.clear()
  return shown
}

/** All that are new are read at once: each by itself would take a document's parser as many times. */
function learn(names: ReadonlySet<string>): void {
  const fresh = [...names].filter((name) => !known.has(name))
  if (fresh.length === 0) return
  const holder = document.createElement('div')
  holder.innerHTML = fresh.map((name) => `&${name};`).join(' ')
  const read = holder.textContent.split(' ')
  for (const [index, name] of fresh.entries()) known.set(name, name === 'semi' || !read[index]?.endsWith(';'))
}
