import { request } from 'node:http'

/** An answer as it comes over the wire, not unpacked. */
export function fetchRaw(origin: string, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { promise, resolve, reject } = Promise.withResolvers<{
    status: number
    headers: Record<string, unknown>
    body: Buffer
  }>()
  request(origin + path, { method, headers: { 'accept-language': 'fr', ...headers } }, (answer) => {
    const parts: Buffer[] = []
    answer.on('data', (part: Buffer) => parts.push(part))
    answer.on('end', () =>
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
    )
  })
    .on('error', reject)
    .end()
  return promise
}
