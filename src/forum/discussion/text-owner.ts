import type { TextOwner } from '../../platform/text/markdown/markdown.ts'
import type { Forum } from '../forum.ts'

/** Whoever sends a text, and whose budget of time it uses; with limits off, they only wait for their own texts. */
export const writing = ({ config }: Forum, member: number): TextOwner => ({
  name: `member ${member}`,
  share: config.rateLimits ? 1 : null,
})

/** Whoever looks or compares. That leaves half of their budget for sending. Readers without an account share one budget. */
export const looking = ({ config }: Forum, member: number | null): TextOwner => ({
  name: member === null ? 'visitors' : `member ${member}`,
  share: config.rateLimits ? 0.5 : null,
})
