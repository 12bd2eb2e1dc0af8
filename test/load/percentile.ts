/** The value that a share of sorted numbers does not exceed. */
export function shareBelow(sorted: Float64Array, share: number): number {
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('No numbers')
  return value
}
