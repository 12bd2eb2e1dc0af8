interface Waiting<Question, Answer> {
  question: Question
  resolve: (answer: Answer) => void
  reject: (reason: unknown) => void
}

/**
 * Lets questions that come in the same turn of the event loop go to PostgreSQL as one: short ones cost less to answer than to
 * be asked. Under load many come together; who comes alone waits for nobody.
 * @param ask answers all of them, in their order.
 */
export function gathered<Question, Answer>(
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
