/** The id of the thread that a field names, by its number or its address; null where it names none. */
export function threadNamed(typed: string): number | null {
  const [address = ''] = typed.trim().split(/[?#]/, 1)
  const named = address.split('/threads/').at(-1) ?? ''
  const [id = ''] = named.split('/', 1)
  return /^\d{1,15}$/.test(id) ? Number(id) : null
}
