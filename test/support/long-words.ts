import type { Page } from 'playwright-core'

/**
 * Makes every word of the forum's own a good third longer, with accents above and below it, as in a language that says
 * things at greater length, and answers what no longer fits: what is cut off, and what reaches beyond the window.
 */
export async function cutWhenLonger(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    const PEOPLES = 'script, style, svg, .prose, .excerpt, .map, pre, code, q, bdi, textarea, option, time'
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      if (text.parentElement?.closest(PEOPLES)) continue
      text.nodeValue = (text.nodeValue ?? '').replaceAll(
        /\p{L}{2,}/gu,
        (word) =>
          word.replaceAll(/[aeiou]/g, (vowel) => `${vowel}\u0302\u0323`) + word.slice(0, Math.ceil(word.length * 0.4)),
      )
    }
  })
  return cut(page)
}

/** The same for who needs more space between lines, words and letters (WCAG 1.4.12); the page is then as it was. */
export async function cutWhenSpaced(page: Page): Promise<string[]> {
  // Not an element: the page's policy rightly refuses it.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
    )
    document.adoptedStyleSheets = [sheet]
  })
  const found = await cut(page)
  await page.evaluate(() => {
    document.adoptedStyleSheets = []
  })
  return found
}

/** What is cut off, and what reaches beyond the window. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const scrolls = (one: Element | null): boolean =>
      one !== null && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement))
    const named = (one: Element) => `${one.localName}.${one.className} «${one.textContent?.trim().slice(0, 40)}»`
    const wrong = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []
    for (const one of document.querySelectorAll('body *')) {
      if (
        one.closest(
          '.hidden, .skip, .choices legend, .to-settings span, .search-line button span, svg, .map, q, input',
        ) ||
        !one.checkVisibility() ||
        scrolls(one)
      )
        continue
      const { overflowX } = getComputedStyle(one)
      if (/hidden|clip/.test(overflowX) && one.scrollWidth > one.clientWidth + 8) wrong.push(`cut: ${named(one)}`)
      if (one.getBoundingClientRect().right > innerWidth + 1) wrong.push(`beyond the window: ${named(one)}`)
    }
    return wrong
  })
