import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import t from 'tap'

/*
 * `!${…}` puts a text into a page as it is. Each must be HTML: a template, a call of a function of views/ that returns
 * HTML, a name that ends in Html, a constant, or a choice or a list of these. Sources are read from the inside out:
 * whatever is HTML becomes the word HTML.
 */

/** With objects in objects, and no deeper. */
const OBJECT = String.raw`\{(?:[^{}\x60]|\{[^{}\x60]*\})*\}`
const EXPRESSION = String.raw`\$\{((?:[^{}\x60]|${OBJECT})*)\}`
const TEMPLATE = new RegExp(String.raw`(html)?\x60((?:[^\x60\\$]|\\.|\$(?!\{)|${EXPRESSION})*)\x60`)
const CALL = /([\w.]*)\(([^()]*)\)/

/** The code without its comments and templates, and what these insert as it is. */
function read(source: string): { code: string; insertions: string[] } {
  const insertions: string[] = []
  let code = source.replace(/\/\*[\s\S]*?\*\//g, '')
  for (let found = TEMPLATE.exec(code); found; found = TEMPLATE.exec(code)) {
    const [template, tag, text = ''] = found
    if (tag) for (const [, raw = ''] of text.matchAll(new RegExp(`!${EXPRESSION}`, 'g'))) insertions.push(raw)
    code = code.replace(template, tag ? 'HTML' : 'TEXT')
  }
  return { code, insertions }
}

/** Whether an expression is nothing but HTML, where these functions return HTML. */
function isHtml(expression: string, functions: ReadonlySet<string>): boolean {
  let left = expression
    .replace(/'[^'\n]*'/g, 'HTML')
    .replace(/\b[\w.]*Html\b/g, 'HTML')
    .replace(/(\([^()]*\)|\w+) =>\s/g, '=> ')
  for (let call = CALL.exec(left); call; call = CALL.exec(left)) {
    const [whole, name = '', given = ''] = call
    const listed = name.endsWith('.map') && isHtml(given.replace(/^\s*=> |,\s*$/g, ''), functions)
    left = left.replace(whole, listed || functions.has(name) ? 'HTML' : 'VALUE')
  }
  const parts = left.split(/\s+([?:])\s+/)
  return parts.every((part, index) => index % 2 === 1 || parts[index + 1] === '?' || part.trim() === 'HTML')
}

/** The functions of these sources that return HTML and nothing else. */
function htmlFunctions(sources: readonly string[]): Set<string> {
  const returns = new Map<string, string[]>()
  for (const code of sources) {
    for (const [, name = '', body = ''] of code.matchAll(/^(?:export )?function (\w+)\(([\s\S]*?)^\}/gm)) {
      returns.set(
        name,
        [...body.matchAll(/^ {2}(?:if \(.*\) )?return (.+)$/gm)].map(([, value = '']) => value),
      )
    }
    for (const [, name = '', value = ''] of code.matchAll(/const (\w+) = \([^=]*(?: = ''\))?.*?=>\s+(.+)$/gm)) {
      returns.set(name, [value])
    }
  }
  const functions = new Set(returns.keys())
  const wrong = () =>
    [...functions].find((name) => !returns.get(name)?.every((value) => isHtml(value.replace(/\($/, '()'), functions)))
  for (let name = wrong(); name; name = wrong()) functions.delete(name)
  return functions
}

const files = await Array.fromAsync(glob('views/**/*.ts'))
const sources = files.map((file) => ({ file, ...read(readFileSync(file, 'utf8')) }))
const functions = htmlFunctions(sources.map(({ code }) => code))

t.test('what is not HTML is seen', async (t) => {
  const seen = (source: string) => read(source).insertions.filter((raw) => !isHtml(raw, new Set(['time'])))
  for (const good of ['aboutHtml', 'post.bodyHtml', "''", 'html`<b></b>`', 'time(a, b(c))', "a ? time(b) : ''"]) {
    t.same(seen(`html\`<p>!\${${good}}</p>\``), [], good)
  }
  for (const bad of [
    'name',
    'post.title',
    'other(name)',
    'a ? name : html`<b></b>`',
    '`text`',
    "a || ''",
    'a.map((b) => b)',
  ]) {
    t.equal(seen(`html\`<p>!\${${bad}}</p>\``).length, 1, bad)
  }
})

for (const { file, code, insertions } of sources) {
  t.test(`${file} puts nothing but HTML into a page as it is`, async (t) => {
    t.notMatch(code, '`', 'could be read')
    t.same(
      insertions.filter((raw) => !isHtml(raw, functions)),
      [],
    )
  })
}
