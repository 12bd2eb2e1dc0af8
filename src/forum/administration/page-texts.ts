import { existsSync, readFileSync } from 'node:fs'
import { DEFAULT_LANGUAGE, type Language } from '../../platform/text/i18n/languages.ts'
import { renderBody } from '../discussion/render-body.ts'
import type { Forum } from '../forum.ts'
import { forumSettings, type PageText } from '../settings.ts'

const FOLDER = new URL('../../i18n/texts/', import.meta.url)

/** The default text of a page in Markdown; empty where only the admins can know it. */
export function ownText(name: PageText, language: Language): string {
  const file = new URL(`${language}/${name}.md`, FOLDER)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
}

/** The default texts as HTML, by name and language. They are the same for every forum. */
const made = new Map<string, Promise<string>>()

/**
 * The text of a page as HTML: the admins' text, or the default.
 * @returns the HTML with its language; null when there is neither.
 */
export async function pageText(
  forum: Forum,
  name: PageText,
  language: Language,
): Promise<{ html: string; language: Language } | null> {
  const written = (await forumSettings(forum))[`${name}_html`]
  for (const one of [language, DEFAULT_LANGUAGE]) {
    const html = written[one] ?? (await ownHtml(forum, name, one))
    if (html) return { html, language: one }
  }
  return null
}

async function ownHtml(forum: Forum, name: PageText, language: Language): Promise<string> {
  const text = ownText(name, language)
  if (!text) return ''
  const key = `${language}/${name}`
  const rendering = made.get(key) ?? renderPageText(forum, text, language)
  made.set(key, rendering)
  // A failure is not kept, so that the next request tries again.
  rendering.catch(() => made.delete(key))
  return rendering
}

/** Renders the text of a page. Its headings begin at level 2, because no post is between them and the page's heading. */
export async function renderPageText(forum: Forum, body: string, language: string): Promise<string> {
  const { html } = await renderBody(forum, { body, language, guess: false, thread: null })
  return html.replaceAll(
    /<(\/?)h([3-6])\b/g,
    (_tag, slash: string, level: string) => `<${slash}h${Math.max(2, Number(level) - 2)}`,
  )
}
