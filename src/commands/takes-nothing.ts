import { OperatorError } from '../platform/process/operator-error.ts'

/** Refuses words after a command that takes none, instead of ignoring them. @throws OperatorError */
export function takesNothing(command: string, words: readonly string[]): void {
  if (words.length > 0) throw new OperatorError(`Use: ${command}`)
}
