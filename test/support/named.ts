/** A text as the name of a test: one line, whatever it holds. */
export const named = (text: string): string =>
  JSON.stringify(text).replace(/[^ -~\u00a1-\u024f]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`)
