/** What is filled in. */
const HOLE = '\0'

/** What each template of a source file says itself, with a sign for whatever is filled in. */
export function templatesIn(code: string): string[] {
  const templates: string[] = []
  for (let at = code.indexOf('html`'); at >= 0; at = code.indexOf('html`', at + 1)) {
    templates.push(literal(code, at + 'html`'.length))
  }
  return templates
}

/** The words in a template that people would see or hear, of whatever language they are. */
export function wordsIn(template: string): string[] {
  const spoken = [...template.matchAll(/\b(?:aria-label|title|alt|placeholder)="([^"\0]*)/g)].map(
    ([, words = '']) => words,
  )
  const shown = template
    .replace(/<!--.*?-->|<\?.*?\?>/gs, '')
    // A tag, or as much of one as there is in a template that is part of one.
    .replace(/<[!/]?[a-z][^<>]*>?|[\w-]+="[^"<>]*"?|[\w-]+:[^;<>]+;/gi, HOLE)
    .replace(/"[^"]*$|^[^"<>]*"/g, HOLE)
    .replace(/&#?\w+;/g, '')
  return [...spoken, ...shown.split(HOLE)].map((words) => words.trim()).filter((words) => /\p{L}{2}|^:/u.test(words))
}

function literal(code: string, from: number): string {
  let text = ''
  for (let at = from; at < code.length && code[at] !== '`'; at += 1) {
    if (!code.startsWith('${', at)) text += code[at]
    else {
      text += HOLE
      at = endOfHole(code, at + 2)
    }
  }
  return text
}

function endOfHole(code: string, from: number): number {
  let depth = 1
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === '`') at = endOfTemplate(code, at + 1)
    else if (code[at] === '{') depth += 1
    else if (code[at] === '}') depth -= 1
    if (depth === 0) return at
  }
  return code.length
}

function endOfTemplate(code: string, from: number): number {
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === '`') return at
    if (code.startsWith('${', at)) at = endOfHole(code, at + 2)
  }
  return code.length
}
