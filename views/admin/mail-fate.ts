import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import { time } from '../parts/time.ts'

/** A test mail and its state. */
export interface TestMail {
  state: 'queued' | 'sent' | 'dropped' | 'failed'
  /** The code of the last refusal. */
  problem: string | null
  createdAt: Date
}

/** When the test mail was sent, and what happened to it. */
export const mailFate = (page: Page, { state, problem, createdAt }: TestMail): Html =>
  html`${time(createdAt, page)} · ${page.t(`outbox.state_${state}`)}${problem ? html` · ${mailProblem(page, problem)}` : ''}`

/** SMTP codes for a mailbox that does not exist, or refuses this forum (RFC 5321, 4.2.3). */
const ADDRESS_REFUSED = new Set(['550', '551', '553'])

/** Why a mail was not accepted: the server gave a code, or did not answer. */
export const mailProblem = ({ t }: Page, problem: string): string =>
  t(
    ADDRESS_REFUSED.has(problem)
      ? 'outbox.refused_address'
      : /^\d{3}$/.test(problem)
        ? 'outbox.refused'
        : 'outbox.no_answer',
    { code: problem },
  )
