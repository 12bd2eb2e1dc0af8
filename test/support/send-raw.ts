import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

/** Sends bytes as they are, as no client would, and answers all that comes back until the connection ends. */
export async function sendRaw(origin: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  socket.setTimeout(10_000, () => socket.destroy())
  socket.end(bytes, 'latin1')
  return text(socket).catch(() => '')
}

/** The statuses of the answers in what came back. */
export const statusesIn = (answers: string): number[] =>
  [...answers.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
