import { html } from '../text/html.ts'
import { LANGUAGES } from '../text/i18n/languages.ts'
import { type MessageKey, type MessageValues, translator } from '../text/i18n/translate.ts'

/**
 * What went wrong, in every language, for those whose language is not known: what they sent could not be read so far, or
 * the page that would tell them failed itself. It needs nothing else of the forum.
 */
export function barePage(status: number, key: MessageKey, values: MessageValues = {}): string {
  const told = LANGUAGES.map((language) => ({ language, text: translator(language)(key, values) }))
  return html`<!doctype html>
<html lang="${LANGUAGES[0]}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${String(status)} · Contrechamp</title>
<h1>${String(status)}</h1>
${told.map(({ language, text }) => html`<p lang="${language}">${text}</p>`)}
<p><a href="/">Contrechamp</a></p>
</html>
`.toString()
}
