import { CATALOGUES, type MessageKey } from './catalogues.ts'
import { showNumber } from './formats.ts'
import { DEFAULT_LANGUAGE, type Language } from './languages.ts'

export type { MessageKey } from './catalogues.ts'
export type MessageValues = Record<string, string | number>
export type Translate = (key: MessageKey, values?: MessageValues) => string

const translators = new Map<Language, Translate>()

/** The function that gives the messages of one language, and those of the default language where it lacks one. */
export function translator(language: Language): Translate {
  const known = translators.get(language)
  if (known) return known
  const made = makeTranslator(language)
  translators.set(language, made)
  return made
}

function makeTranslator(language: Language): Translate {
  const plural = new Intl.PluralRules(language)
  const patterns = new Map<string, Pattern>()

  const patternOf = (key: string, count: string | number | undefined): Pattern => {
    const forms = typeof count === 'number' ? formsOf(key, count, plural) : [key]
    const [wanted = key] = forms
    const known = patterns.get(wanted)
    if (known) return known
    const pattern = takeApart(findMessage(language, forms) ?? findMessage(DEFAULT_LANGUAGE, forms) ?? key)
    patterns.set(wanted, pattern)
    return pattern
  }

  return (key, values = {}) => {
    const { count } = values
    const shown = typeof count === 'number' ? { ...values, count: showNumber(count, language) } : values
    return fillIn(patternOf(key, count), shown)
  }
}

/** What a language calls itself. */
export const nameOf = (language: Language): string => translator(language)('language.name')

/** The forms of a message that fit a number, the best first: none at all has one of its own where the catalogue says so. */
const formsOf = (key: string, count: number, plural: Intl.PluralRules): string[] => [
  ...(count === 0 ? [`${key}_zero`] : []),
  `${key}_${plural.select(count)}`,
  `${key}_other`,
  key,
]

function findMessage(language: Language, forms: readonly string[]): string | undefined {
  const catalogue = CATALOGUES.get(language)
  return forms.map((form) => catalogue?.get(form)).find((message) => message !== undefined)
}

/** A message as what stands between the values, and the names of the values: the same few stand many times on a page. */
interface Pattern {
  texts: string[]
  names: string[]
}

function takeApart(message: string): Pattern {
  const parts = message.split(/\{\{(\w+)\}\}/)
  return { texts: parts.filter((_, index) => index % 2 === 0), names: parts.filter((_, index) => index % 2 === 1) }
}

function fillIn({ texts, names }: Pattern, values: MessageValues): string {
  let filled = texts[0] ?? ''
  for (const [index, name] of names.entries()) filled += `${values[name] ?? ''}${texts[index + 1] ?? ''}`
  return filled
}
