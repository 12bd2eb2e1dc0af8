/**
 * A header of a request from the list that Node got it in, however often it was sent (RFC 9110, 5.3; of cookies RFC 6265,
 * 5.4): to make an object of all headers takes as long as everything else that is ours when a kept page is answered.
 * @param name in small letters.
 */
export function rawHeader(headers: readonly string[], name: string): string | undefined {
  let found: string | undefined
  for (let index = 0; index < headers.length; index += 2) {
    const named = headers[index] ?? ''
    if (named.length !== name.length || named.toLowerCase() !== name) continue
    const value = headers[index + 1] ?? ''
    found = found === undefined ? value : `${found}${name === 'cookie' ? '; ' : ', '}${value}`
  }
  return found
}
