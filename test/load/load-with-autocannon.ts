import autocannon from 'autocannon'
import { firstUnique, type Load, type Measured } from './load.ts'

/** Measures with `autocannon`, which npm brings along. */
export async function loadWithAutocannon({ origin, requests, unique, seconds, connections }: Load): Promise<Measured> {
  let count = firstUnique()
  const result = await autocannon({
    url: origin,
    duration: seconds,
    connections,
    timeout: 30,
    requests: requests.map(({ path, headers, body }) => ({
      method: body === undefined ? 'GET' : 'POST',
      path,
      headers,
      ...(body === undefined ? {} : { body }),
      ...(unique && {
        setupRequest(request) {
          count += 1
          return { ...request, path: `${path}${path.includes('?') ? '&' : '?'}${unique}=${count}` }
        },
      }),
    })),
  })
  const { '2xx': successes, '3xx': redirects } = Object(result)
  const answered = result.requests.total
  return {
    requestsPerSecond: answered / result.duration,
    milliseconds: { p50: result.latency.p50, p99: result.latency.p99 },
    answered,
    failed: answered - successes - redirects + result.errors,
    bytes: result.throughput.total / Math.max(1, answered),
  }
}
