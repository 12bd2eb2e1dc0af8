/** What an SMTP server answered (RFC 5321), and to which command. */
interface Answer {
  command: string
  /** 0 where the server answered nothing. */
  code: number
  /** The enhanced status code (RFC 3463), such as 5.1.1. */
  status: string | null
}

/** A mail that was not taken. What the server said is not kept: it may quote the address. */
export class DeliveryProblem extends Error {
  override name = 'DeliveryProblem'
  readonly code: string
  /** False where the server may be away: that says nothing about the mail. */
  readonly answered: boolean
  /** Whether it will never be taken. */
  readonly permanent: boolean
  /** Whether that speaks against the address. */
  readonly concernsAddress: boolean

  constructor(error: unknown) {
    const answer = answerOf(error)
    super(`not delivered (${answer.command || 'no command'})`)
    this.code = answer.code ? String(answer.code) : String(Object(error).code ?? 'unknown')
    this.answered = answer.code > 0
    this.permanent = answer.code >= 500 && (answer.command === 'RCPT TO' || answer.command === 'DATA')
    this.concernsAddress = this.permanent && answer.command === 'RCPT TO' && isAddressFailure(answer.status)
  }
}

function answerOf(error: unknown): Answer {
  const { command, responseCode, response } = Object(error)
  const [, status = null] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(String(response ?? '')) ?? []
  return { command: String(command ?? ''), code: Number(responseCode) || 0, status }
}

/**
 * Whether a lasting refusal is about the address. Subjects 6 and 7 (RFC 3463, 3.7 and 3.8) are about what was sent and who sent
 * it: a forum that stands on a list of spammers must not stop the mails of all its members.
 */
export const isAddressFailure = (status: string | null): boolean => !/^5\.[67]\./.test(status ?? '')
