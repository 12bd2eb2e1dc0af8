/**
 * Something that the person who runs the forum can mend: a wrong setting, a port taken, a folder
 * that cannot be written. Shown as its one line, without a stack trace, before the program stops.
 */
export class OperatorError extends Error {
  override name = 'OperatorError'
}
