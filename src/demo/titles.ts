import type { Language } from '../platform/text/i18n/languages.ts'
import { type Worded, worded } from '../platform/text/i18n/worded.ts'
import type { Random } from './random.ts'
import { ENGLISH, FRENCH } from './vocabulary.ts'

export interface TitleBoard {
  kind: 'city' | 'technology'
  name: Worded
}

/** A title for a thread that stands in some boards: one that names no city where it stands in none. */
export function composeTitle(random: Random, language: Language, boards: readonly TitleBoard[]): string {
  const words = language === 'fr' ? FRENCH : ENGLISH
  const nameOf = (kind: TitleBoard['kind']) => {
    const board = boards.find((one) => one.kind === kind)
    return board && worded(board.name, language)
  }
  const city = nameOf('city')
  const technology = nameOf('technology') ?? (language === 'fr' ? 'la surveillance' : 'surveillance')
  const titles = words.titles.filter((title) => city !== undefined || !title.includes('{city}'))
  const title = random
    .pick(titles)
    .replace('{city}', city ?? '')
    .replace('{technology}', technology)
  return title.charAt(0).toUpperCase() + title.slice(1)
}
