import { LANGUAGES, type Language } from './languages.ts'

/** Dates are shown in the zone of the forum's towns; `datetime` attributes carry the exact moment. */
const TIME_ZONE = 'Europe/Paris'

interface Formats {
  moment: Intl.DateTimeFormat
  day: Intl.DateTimeFormat
  number: Intl.NumberFormat
}

const formats = new Map<Language, Formats>(
  LANGUAGES.map((language) => {
    const locale = language === 'en' ? 'en-GB' : language
    return [
      language,
      {
        moment: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: TIME_ZONE }),
        day: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: TIME_ZONE }),
        number: new Intl.NumberFormat(locale),
      },
    ]
  }),
)

function formatsOf(language: Language): Formats {
  const found = formats.get(language)
  if (!found) throw new Error(`No formats for the language ${language}`)
  return found
}

/** «12 mars 2026, 14:05» */
export const showMoment = (moment: Date, language: Language): string => formatsOf(language).moment.format(moment)
/** «12 mars 2026» */
export const showDay = (moment: Date, language: Language): string => formatsOf(language).day.format(moment)
/** «1 234» */
export const showNumber = (number: number, language: Language): string => formatsOf(language).number.format(number)
