import type { IncomingHttpHeaders } from 'node:http'
import type { Theme } from '../../../views/page.ts'
import { isLanguage, type Language, preferredLanguage } from '../i18n/languages.ts'

/** People without an account keep their choices in two cookies that say nothing else. */

/** The language that a browser has kept, or else the one that it asks for. */
export function chosenLanguage({ cookie, 'accept-language': accepted }: IncomingHttpHeaders): Language {
  const chosen = cookieOf(cookie, 'language')
  return isLanguage(chosen) ? chosen : preferredLanguage(accepted)
}

/** The look that a browser has kept; null: the one of the device. */
export function chosenTheme({ cookie }: IncomingHttpHeaders): Theme | null {
  const theme = cookieOf(cookie, 'theme')
  return theme === 'light' || theme === 'dark' ? theme : null
}

/** One cookie's value as it was sent, found without taking the others apart; ours need no decoding. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined
  for (let start = header.indexOf(`${name}=`); start >= 0; start = header.indexOf(`${name}=`, start + 1)) {
    if (start > 0 && header[start - 1] !== ' ' && header[start - 1] !== ';') continue
    const end = header.indexOf(';', start)
    return header.slice(start + name.length + 1, end < 0 ? undefined : end)
  }
  return undefined
}
