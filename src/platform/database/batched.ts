import { type Replica, replicaHere } from './reading.ts'

interface Waiting<Question, Answer> {
  question: Question
  resolve: (answer: Answer) => void
  reject: (reason: unknown) => void
}

/**
 * Joins the questions of one turn of the event loop into one query, because short questions cost less to answer than to send:
 * a DataLoader without a cache. A question that comes alone is not delayed. Those that different servers may answer are
 * not joined: whoever has just written must not get what a replica knows.
 * @param ask answers all of them, in their order.
 */
export function batched<Question, Answer>(
  ask: (questions: Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  const waiting = new Map<Replica | null, Waiting<Question, Answer>[]>()

  async function send(from: Replica | null): Promise<void> {
    const sent = waiting.get(from) ?? []
    waiting.delete(from)
    try {
      const answers = await ask(sent.map(({ question }) => question))
      if (answers.length !== sent.length) throw new Error(`${answers.length} answers to ${sent.length} questions`)
      for (const [place, answer] of answers.entries()) sent[place]?.resolve(answer)
    } catch (error) {
      for (const { reject } of sent) reject(error)
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      const from = replicaHere()
      const others = waiting.get(from)
      others?.push({ question, resolve, reject })
      if (others) return
      waiting.set(from, [{ question, resolve, reject }])
      setImmediate(send, from)
    })
}
