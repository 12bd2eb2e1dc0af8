import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'

/** Sends bytes as they are, as no client would, and answers all that comes back until the connection ends. */
export async function sendRaw(origin: string, bytes: string): Promise<string> {
  const socket = open(origin)
  socket.end(bytes, 'latin1')
  return text(socket).catch(() => '')
}

/** The same of a whole request with `Connection: close`, and waits: Node gives no answer to who hangs up before it is made. */
export async function askRaw(origin: string, bytes: string): Promise<string> {
  const socket = open(origin)
  socket.write(bytes, 'latin1')
  return text(socket).catch(() => '')
}

function open(origin: string): Socket {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  return socket.setTimeout(10_000, () => socket.destroy())
}

/** The statuses of the answers in what came back. */
export const statusesIn = (answers: string): number[] =>
  [...answers.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))
