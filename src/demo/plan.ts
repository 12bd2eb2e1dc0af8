import { type Random, zipf } from './random.ts'

export interface Size {
  threads: number
  posts: number
  members: number
}

/** Who says what, where and when: a few numbers for each post, so that a million of them are small. */
export interface Plan {
  /** The moment each thread starts, the earliest first; milliseconds since 1970. */
  starts: Float64Array
  /** Which member starts each thread. */
  starters: Int32Array
  /** For each post, in the order in which they are written: its thread, … */
  threadOf: Int32Array
  /** … its number there, … */
  numberOf: Int32Array
  /** … who writes it, … */
  authorOf: Int32Array
  /** … and when. */
  writtenAt: Float64Array
}

const YEARS = 3
const YEAR = 365.25 * 86_400_000
const DAY = 86_400_000

/** The one thread where a twentieth of everything is said. */
const SHARE_OF_THE_LARGEST = 0.05
const REGULARS = 8

/** A forum's life up to a moment: it grows, a few threads are endless and most are short, and some people say most. */
export function planForum(random: Random, { threads, posts, members }: Size, until: number): Plan {
  const starts = startsOf(random, threads, until)
  const sizes = sizesOf(random, threads, posts)
  const anybody = zipf(random, members, 0.9)
  const starters = Int32Array.from({ length: threads }, anybody)

  const threadOf = new Int32Array(posts)
  const authorOf = new Int32Array(posts)
  const writtenAt = new Float64Array(posts)
  let place = 0
  for (let thread = 0; thread < threads; thread += 1) {
    const start = starts[thread] ?? until
    const regulars = Int32Array.from({ length: REGULARS }, anybody)
    const lasts = thread === 0 ? until - start : Math.min(until - start, DAY * (0.2 + 400 * random.unit() ** 6))
    for (let number = 1; number <= (sizes[thread] ?? 1); number += 1) {
      threadOf[place] = thread
      authorOf[place] =
        number === 1 ? (starters[thread] ?? 0) : random.chance(0.5) ? random.pick([...regulars]) : anybody()
      // Most is said soon after the start; in the endless thread, at all times alike.
      writtenAt[place] = number === 1 ? start : start + lasts * random.unit() ** (thread === 0 ? 1 : 3)
      place += 1
    }
  }
  return inOrder({ starts, starters, threadOf, authorOf, writtenAt }, threads)
}

/** Starts grow denser with time. The largest thread is the first. */
function startsOf(random: Random, threads: number, until: number): Float64Array {
  const starts = Float64Array.from({ length: threads }, () => until - YEARS * YEAR * (1 - Math.sqrt(random.unit())))
  starts.sort()
  starts[0] = until - YEARS * YEAR
  return starts
}

/** How many posts each thread has: Zipf again, on top of the one that everybody has. */
function sizesOf(random: Random, threads: number, posts: number): Int32Array {
  const sizes = new Int32Array(threads).fill(1)
  const largest = Math.min(posts - threads, Math.floor(posts * SHARE_OF_THE_LARGEST) - 1)
  sizes[0] = (sizes[0] ?? 1) + largest
  const anyRank = zipf(random, threads - 1, 0.75)
  // The rank of a thread has nothing to do with its age.
  const ranked = Int32Array.from({ length: threads - 1 }, (_, index) => index + 1)
  for (let last = ranked.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1)
    const kept = ranked[last] ?? 0
    ranked[last] = ranked[other] ?? 0
    ranked[other] = kept
  }
  for (let left = posts - threads - largest; left > 0; left -= 1) {
    const thread = ranked[anyRank()] ?? 0
    sizes[thread] = (sizes[thread] ?? 0) + 1
  }
  return sizes
}

/** Posts as they were written one after the other, numbered in their threads. */
function inOrder({ starts, starters, ...unordered }: Omit<Plan, 'numberOf'>, threads: number): Plan {
  const { length } = unordered.threadOf
  const order = Int32Array.from({ length }, (_, index) => index)
  const at = unordered.writtenAt
  // A thread's first post stands before its replies in the list, and sorting keeps equals as they stand.
  order.sort((one, other) => (at[one] ?? 0) - (at[other] ?? 0) || one - other)
  const numbers = new Int32Array(threads)
  const numberOf = new Int32Array(length)
  const inPlace = (from: Int32Array) => Int32Array.from(order, (index) => from[index] ?? 0)
  const threadOf = inPlace(unordered.threadOf)
  for (let place = 0; place < length; place += 1) {
    const thread = threadOf[place] ?? 0
    const number = (numbers[thread] ?? 0) + 1
    numbers[thread] = number
    numberOf[place] = number
  }
  return {
    starts,
    starters,
    threadOf,
    numberOf,
    authorOf: inPlace(unordered.authorOf),
    writtenAt: Float64Array.from(order, (index) => at[index] ?? 0),
  }
}
