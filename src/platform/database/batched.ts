interface Waiting<Question, Answer> {
  question: Question
  resolve: (answer: Answer) => void
  reject: (reason: unknown) => void
}

/**
 * Joins the questions of one turn of the event loop into one query, because short questions cost less to answer than to send:
 * a DataLoader without a cache. A question that comes alone is not delayed.
 * @param ask answers all of them, in their order.
 */
export function batched<Question, Answer>(
  ask: (questions: Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  let waiting: Waiting<Question, Answer>[] = []

  async function send(): Promise<void> {
    const sent = waiting
    waiting = []
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
      if (waiting.length === 0) setImmediate(send)
      waiting.push({ question, resolve, reject })
    })
}
