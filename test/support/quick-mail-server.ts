import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import type { Test } from 'tap'

/*
 * The least of a mail server (RFC 5321), in a thread of its own: it answers the end of a mail before the forum's event loop has
 * turned, which one in the same thread cannot.
 */

export interface QuickMailServer {
  url: string
  /** What it says at the end of each mail, from now on: «250 Taken». */
  answer(line: string): Promise<void>
  /** To whom it has taken mails. */
  taken(): Promise<string[]>
}

export async function startQuickMailServer(t: Test): Promise<QuickMailServer> {
  const worker = new Worker(fileURLToPath(import.meta.url))
  t.teardown(() => worker.terminate())
  const [port] = await once(worker, 'message')
  const ask = async (question: { line?: string }): Promise<string[]> => {
    worker.postMessage(question)
    const [taken] = await once(worker, 'message')
    return taken
  }
  return {
    url: `smtp://127.0.0.1:${port}`,
    answer: async (line) => void (await ask({ line })),
    taken: () => ask({}),
  }
}

if (!isMainThread && parentPort) {
  const port = parentPort
  const taken: string[] = []
  let answer = '250 Taken'
  const server = createServer((socket) => converse(socket, () => answer, taken))
  server.listen(0, '127.0.0.1', () => port.postMessage(Object(server.address()).port))
  port.on('message', ({ line }: { line?: string }) => {
    answer = line ?? answer
    port.postMessage(taken)
  })
}

function converse(socket: Socket, answer: () => string, taken: string[]): void {
  let rest = ''
  let recipient = ''
  let inData = false
  socket
    .setNoDelay(true)
    .setEncoding('latin1')
    .on('error', () => {})
    .write('220 quick\r\n')
  socket.on('data', (piece) => {
    const lines = (rest + piece).split('\r\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (inData && line !== '.') continue
      if (line === '.') {
        inData = false
        if (answer().startsWith('250')) taken.push(recipient)
        socket.write(`${answer()}\r\n`)
      } else if (line === 'DATA') {
        inData = true
        socket.write('354 Go on\r\n')
      } else {
        recipient = /^RCPT TO:<(.*)>/.exec(line)?.[1] ?? recipient
        socket.write('250 OK\r\n')
      }
    }
  })
}
