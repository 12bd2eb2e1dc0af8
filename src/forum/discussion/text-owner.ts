import type { TextOwner } from '../../platform/text/markdown/markdown.ts'
import type { Forum } from '../forum.ts'

/** The budget for sending a text. With limits off, members only wait for their own texts. */
export const writing = ({ config }: Forum, member: number): TextOwner => ({
  name: `member ${member}`,
  share: config.rateLimits ? 1 : null,
})

/** The budget for previews and comparisons: half of the member's, so that sending still works. Visitors share one. */
export const looking = ({ config }: Forum, member: number | null): TextOwner => ({
  name: member === null ? 'visitors' : `member ${member}`,
  share: config.rateLimits ? 0.5 : null,
})
