import { withoutAccents, wordsOf } from './words.ts'

/** The words of a title and of its boards' names, to compare spellings. */
export const spellingOf = (title: string, boards: string): string =>
  withoutAccents([...wordsOf(title).words, ...wordsOf(boards).words].map(({ text }) => text).join(' '))
