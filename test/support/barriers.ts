import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Reader } from './browser.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  var axe: { run(context: Document, options: object): Promise<AxeResults> }
}

/** What depends on colours: all else is the same in the light and in the dark, and in every language. */
export const OF_COLOURS = ['color-contrast', 'link-in-text-block']

/**
 * What keeps somebody from using a page: WCAG 2.2 A and AA, and the good habits that axe knows of.
 * @param rules only these of axe's.
 */
export async function barriers(page: Reader, rules: string[] | null = null): Promise<string[]> {
  // Not through the page, whose policy rightly refuses it.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  // Told in words there: what axe has found in order would take as long to be sent as to be found.
  return page.evaluate(async (values) => {
    const runOnly = values === null ? {} : { runOnly: { type: 'rule', values } }
    const { violations } = await axe.run(document, { resultTypes: ['violations'], ...runOnly })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  }, rules)
}
