/** The id of the thread that a field names, by its number or its address; null where it names none. */
export function threadNamed(typed: string): number | null {
  const [, id] = /^(?:[^?#]*\/threads\/)?(\d{1,15})(?:[/?#].*)?$/.exec(typed.trim()) ?? []
  return id === undefined ? null : Number(id)
}
