import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { countSent, firstUnique, type Load, type Measured, sentBefore } from './load.ts'

/** Measures with `wrk` (https://github.com/wg/wrk), which is told what to send by a script in Lua. */
export async function loadWithWrk(load: Load): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'contrechamp-bench-'))
  try {
    const script = join(folder, 'load.lua')
    await writeFile(script, scriptFor(load))
    const words = ['-t1', `-c${load.connections}`, `-d${load.seconds}s`, '--timeout', '30s', '-s', script, load.origin]
    const { stdout } = await promisify(execFile)('wrk', words)
    const measured: Measured = JSON.parse(stdout.slice(stdout.lastIndexOf('{"requestsPerSecond"')))
    countSent(load.origin, measured.answered + load.connections)
    return measured
  } finally {
    await rm(folder, { recursive: true })
  }
}

function scriptFor({ origin, requests, unique }: Load): string {
  const made = requests.map(({ path, headers, body }) => {
    const method = body === undefined ? 'GET' : 'POST'
    const table = Object.entries(headers).map(([name, value]) => `[${quoted(name)}]=${quoted(value)}`)
    const where = unique ? `${path}${path.includes('?') ? '&' : '?'}${unique}=@` : path
    const text = body === undefined ? 'nil' : quoted(body)
    return `wrk.format("${method}", ${quoted(where)}, {${table.join(',')}}, ${text})`
  })
  const next = unique
    ? 'local before, after = places[place][1], places[place][2]; count = count + 1; return before .. string.format("%.0f", count) .. after'
    : 'return made[place]'
  return `
local made, places, place, count = {}, {}, ${sentBefore(origin) % requests.length}, ${firstUnique()}
init = function()
  made = { ${made.join(',\n')} }
  for index, text in ipairs(made) do
    local at = text:find("@", 1, true) or 1
    places[index] = { text:sub(1, at - 1), text:sub(at + 1) }
  end
end
request = function()
  place = place % #made + 1
  ${next}
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requestsPerSecond":%f,"answered":%d,"failed":%d,"bytes":%f,"milliseconds":{"p50":%f,"p99":%f}}',
    summary.requests / summary.duration * 1e6, summary.requests,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout,
    summary.bytes / math.max(1, summary.requests), latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
`
}

/** A string of Lua; what JSON writes of a text without control characters is one. */
const quoted = (text: string): string => JSON.stringify(text)
