import { startLimit } from './limit.ts'
import type { Generator, Load, Measured } from './load.ts'
import { median } from './median.ts'
import { checkPage, type MeasuredPage } from './page.ts'
import type { Program } from './program.ts'
import type { Bench, Result } from './row.ts'

export const CONNECTIONS = 32

/** How much the average answer under load may differ from those that were looked at: the last ones are cut off. */
const LARGEST_DIFFERENCE = 0.05

/** So many of the pages are looked at. */
const LOOKED_AT = 200

export interface Compared {
  what: string
  /** The least share of the limit that `targets.md` asks for. */
  target: number
  pages: readonly MeasuredPage[]
  unique?: string
}

/** Measures pages of the forum and the limit in turns; what counts is the median of the ratios. */
export async function againstLimit(bench: Bench, forum: Program, compared: Compared): Promise<Result> {
  const { what, target, pages, unique } = compared
  const load = { requests: pages, seconds: bench.seconds, connections: CONNECTIONS }
  const ofForum = { ...load, origin: forum.origin, ...(unique && { unique }) }
  // What is kept is smaller once it has been asked for a few times.
  await bench.generator.load({ ...ofForum, seconds: 2 })
  const expected = await checkPages(forum, pages.slice(0, LOOKED_AT))

  await using limit = await startLimit(expected.bodyBytes)
  const ofLimit = { ...load, origin: limit.origin }
  await bench.generator.load({ ...ofLimit, seconds: 2 })
  const rounds: { forum: Measured; limit: Measured }[] = []
  for (let round = 0; round < bench.rounds; round += 1) {
    rounds.push({
      limit: await wholeLoad(bench.generator, ofLimit),
      forum: await wholeLoad(bench.generator, ofForum, expected.bytes),
    })
  }
  await checkPages(forum, pages.slice(0, LOOKED_AT))

  const ratio = median(rounds.map((round) => round.forum.requestsPerSecond / round.limit.requestsPerSecond))
  const perSecond = Math.round(median(rounds.map((round) => round.forum.requestsPerSecond)))
  const limited = Math.round(median(rounds.map((round) => round.limit.requestsPerSecond)))
  const p99 = median(rounds.map((round) => round.forum.milliseconds.p99))
  return {
    what,
    target: `≥ ${100 * target} % of the limit`,
    figure: `${perSecond}/s of ${limited}/s, p99 ${p99.toFixed(1)} ms`,
    ratio,
    passed: ratio >= target,
    details: { bodyBytes: expected.bodyBytes, rounds },
  }
}

/** Sends a load, every answer of which must be a whole one. @throws Error when one is not. */
export async function wholeLoad(generator: Generator, load: Load, bytes?: number): Promise<Measured> {
  const measured = await generator.load(load)
  if (measured.failed > 0) throw new Error(`${measured.failed} answers of ${measured.answered} failed`)
  if (bytes !== undefined && Math.abs(measured.bytes / bytes - 1) > LARGEST_DIFFERENCE) {
    throw new Error(`Answers had ${Math.round(measured.bytes)} bytes under load, and ${Math.round(bytes)} before`)
  }
  return measured
}

/** Looks at pages; answers how many bytes they have on average. */
async function checkPages(
  { origin }: Program,
  pages: readonly MeasuredPage[],
): Promise<{ bytes: number; bodyBytes: number }> {
  let bytes = 0
  let bodyBytes = 0
  for (const page of pages) {
    const fetched = await checkPage(origin, page)
    bytes += fetched.bytes / pages.length
    bodyBytes += fetched.bodyBytes / pages.length
  }
  return { bytes, bodyBytes: Math.round(bodyBytes) }
}
