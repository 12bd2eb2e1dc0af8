import { OperatorError } from '../platform/process/operator-error.ts'

/** @throws OperatorError where something stands after a command that takes nothing: it is not done as if it did not. */
export function takesNothing(command: string, words: readonly string[]): void {
  if (words.length > 0) throw new OperatorError(`Use: ${command}`)
}
