import type { IncomingHttpHeaders } from 'node:http'
import { parseCookie } from 'cookie'
import { isLanguage, type Language, preferredLanguage } from '../text/i18n/languages.ts'

export const THEMES = ['light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** People without an account keep their choices in two cookies that say nothing else. */

/** The language that a browser has kept, or else the one that it asks for. */
export function chosenLanguage({ cookie, 'accept-language': accepted }: IncomingHttpHeaders): Language {
  const chosen = cookie === undefined ? undefined : parseCookie(cookie).language
  return isLanguage(chosen) ? chosen : preferredLanguage(accepted)
}

/** The look that a browser has kept; null: the one of the device. */
export function chosenTheme({ cookie }: IncomingHttpHeaders): Theme | null {
  const theme = cookie === undefined ? undefined : parseCookie(cookie).theme
  return theme === 'light' || theme === 'dark' ? theme : null
}
