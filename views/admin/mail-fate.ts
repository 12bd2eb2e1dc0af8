import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import { time } from '../parts/time.ts'

/** What became of a test mail. */
export interface TestMail {
  state: 'queued' | 'sent' | 'dropped' | 'failed'
  /** The code with which it was not taken the last time. */
  problem: string | null
  createdAt: Date
}

/** When it was sent, and what became of it. */
export const mailFate = (page: Page, { state, problem, createdAt }: TestMail): Html =>
  html`${time(createdAt, page)} · ${page.t(`outbox.state_${state}`)}${problem ? html` · ${mailProblem(page, problem)}` : ''}`

/** With these a server refuses an address (RFC 5321, 4.2.3): there is no such mailbox, or not for the forum. */
const ADDRESS_REFUSED = new Set(['550', '551', '553'])

/** Why a mail was not taken: the mail server said so with a number, or did not answer. */
export const mailProblem = ({ t }: Page, problem: string): string =>
  t(
    ADDRESS_REFUSED.has(problem)
      ? 'outbox.refused_address'
      : /^\d{3}$/.test(problem)
        ? 'outbox.refused'
        : 'outbox.no_answer',
    { code: problem },
  )
