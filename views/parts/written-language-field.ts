import { type Html, html } from '../../src/platform/text/html.ts'
import { showLanguage } from '../../src/platform/text/i18n/formats.ts'
import { WRITTEN_LANGUAGES } from '../../src/platform/text/written-language/languages.ts'
import type { Page } from '../page.ts'
import { field, fieldAttributes } from './field.ts'

/** Lets a writer correct the guessed language of a text. */
export interface WrittenLanguage {
  /** The code that was chosen; empty to guess. */
  chosen: string
  /** The code of the language in which the text is now shown. */
  shown: string
}

export function writtenLanguageField(
  { t, language }: Page,
  { chosen, shown }: WrittenLanguage,
  problem?: string,
): Html {
  const about = { name: 'language', label: t('posts.language'), problem }
  const guessed = t('posts.language_guessed', { language: showLanguage(shown, language) })
  const choices = WRITTEN_LANGUAGES.map((code) => ({ code, name: showLanguage(code, language) })).sort((one, other) =>
    one.name.localeCompare(other.name, language),
  )
  return field(
    about,
    html`<select ${fieldAttributes(about)}>
<option value="">${chosen ? t('posts.language_guess') : guessed}</option>
${choices.map(({ code, name }) => html`<option value="${code}"${code === chosen ? ' selected' : ''}>${name}</option>`)}
</select>`,
  )
}
