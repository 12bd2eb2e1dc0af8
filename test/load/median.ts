/** The middle one, or the upper of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other)
  const middle = sorted[sorted.length >> 1]
  if (middle === undefined) throw new Error('No numbers')
  return middle
}
