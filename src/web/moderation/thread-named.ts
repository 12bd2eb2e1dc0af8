const BEFORE_ID = '/threads/'
const LONGEST_ID = 15

/** The id of the thread in a field, which holds its number or its address; null for anything else. */
export function threadNamed(typed: string): number | null {
  const text = typed.trim()
  const place = text.lastIndexOf(BEFORE_ID)
  const named = place < 0 ? text : text.slice(place + BEFORE_ID.length)
  const end = named.search(/\D/)
  const digits = end < 0 ? named : named.slice(0, end)
  const isAll = end < 0 || '/?#.'.includes(named.charAt(end))
  return isAll && digits !== '' && digits.length <= LONGEST_ID ? Number(digits) : null
}
