import { withoutAccents, wordsOf } from './words.ts'

/** The words of a title and of the names of its boards, for comparing how they are spelt. */
export const spellingOf = (title: string, boards: string): string =>
  withoutAccents([...wordsOf(title).words, ...wordsOf(boards).words].map(({ text }) => text).join(' '))
