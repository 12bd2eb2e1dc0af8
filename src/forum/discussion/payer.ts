import type { Payer } from '../../platform/text/markdown/markdown.ts'
import type { Forum } from '../forum.ts'

/** Whoever has sent a text pays with their time; with limits off, they only wait for their own texts. */
export const writing = ({ config }: Forum, member: number): Payer => ({
  name: `member ${member}`,
  share: config.rateLimits ? 1 : null,
})

/** Looking and comparing leave half of the time for sending. Readers without an account share one budget. */
export const looking = ({ config }: Forum, member: number | null): Payer => ({
  name: member === null ? 'visitors' : `member ${member}`,
  share: config.rateLimits ? 0.5 : null,
})
