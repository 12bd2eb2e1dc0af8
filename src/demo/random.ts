/** Numbers that look random and are the same for the same seed (sfc32, of Chris Doty-Humphrey's PractRand). */
export interface Random {
  /** From 0 up to, not including, 1. */
  unit(): number
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
  /** Whether something happens that does so in this share of cases. */
  chance(share: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** Different items, in no order. */
  some<Item>(items: readonly Item[], count: number): Item[]
}

/** Numbers that look random and are the same for the same seed. */
export function randomFrom(seed: number): Random {
  const state = new Uint32Array([0x9e3779b9, 0x243f6a88, 0xb7e15162, seed ^ 0xdeadbeef])
  const next = (): number => {
    const [a = 0, b = 0, c = 0, counter = 0] = state
    const sum = (a + b + counter) | 0
    state[3] = counter + 1
    state[0] = b ^ (b >>> 9)
    state[1] = c + (c << 3)
    state[2] = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let round = 0; round < 15; round += 1) next()

  const unit = () => next() / 2 ** 32
  const below = (limit: number) => Math.floor(unit() * limit)
  function pick<Item>(items: readonly Item[]): Item {
    const item = items[below(items.length)]
    if (item === undefined) throw new Error('Nothing to pick from')
    return item
  }
  return {
    unit,
    below,
    pick,
    chance: (share) => unit() < share,
    some(items, count) {
      const left = [...items]
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)).flat()
    },
  }
}

/** Draws places in a list so that the first come up most: the n-th about 1/n^`steepness` as often (Zipf). */
export function zipf(random: Random, length: number, steepness: number): () => number {
  const upTo = new Float64Array(length)
  let sum = 0
  for (let place = 0; place < length; place += 1) {
    sum += 1 / (place + 1) ** steepness
    upTo[place] = sum
  }
  return () => {
    const wanted = random.unit() * sum
    let [low, high] = [0, length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((upTo[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
}
