import autocannon from 'autocannon'
import { countSent, firstUnique, type Load, type LoadedRequest, type Measured, rotated, sentBefore } from './load.ts'

/** From so many requests for each connection on, each has a part of its own; to prepare all for each would take seconds. */
const MANY = 10

/** Measures with `autocannon`, which npm brings along. */
export async function loadWithAutocannon(load: Load): Promise<Measured> {
  const { origin, requests, unique, seconds, connections } = load
  let count = firstUnique()
  const prepared = ({ path, headers, body }: LoadedRequest): autocannon.Request => ({
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
  })
  const parts = partsOf(rotated(requests, sentBefore(origin)), connections)
  let connection = 0
  const result = await autocannon({
    url: origin,
    duration: seconds,
    connections,
    timeout: 30,
    // Each connection would begin at the first request, and all of them ask for the same page at once.
    setupClient(client) {
      client.setRequests((parts[connection % connections] ?? []).map(prepared))
      connection += 1
    },
  })
  const { '2xx': successes, '3xx': redirects } = Object(result)
  const answered = result.requests.total
  countSent(origin, result.requests.sent)
  return {
    requestsPerSecond: answered / result.duration,
    milliseconds: { p50: result.latency.p50, p99: result.latency.p99 },
    answered,
    failed: answered - successes - redirects + result.errors,
    bytes: result.throughput.total / Math.max(1, answered),
  }
}

function partsOf(requests: readonly LoadedRequest[], connections: number): LoadedRequest[][] {
  const places = Array.from({ length: connections }, (_, index) => index)
  return requests.length < MANY * connections
    ? places.map((place) => rotated(requests, Math.floor((place * requests.length) / connections)))
    : places.map((place) => requests.filter((_, index) => index % connections === place))
}
