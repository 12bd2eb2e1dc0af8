import { randomUUID } from 'node:crypto'
import type { ReplyForm } from '../../../views/threads/reply-form.ts'
import type { ThreadAddress } from '../../paths.ts'
import type { PostInThread, StandingPost } from './post-queries.ts'
import { quoted } from './quote.ts'

/** A post that can be answered by name: of one that is out of sight, no form says who wrote it, or what. */
export const standing = (post: PostInThread | null): StandingPost | null => (post?.deletedAt === null ? post : null)

/** The form below a thread, ready to answer a post, with or without its words. */
export function emptyReply(thread: ThreadAddress, answered: PostInThread | null, quote: boolean): ReplyForm {
  const answers = standing(answered)
  return {
    thread,
    body: answers && quote ? quoted(answers) : '',
    answered: answers,
    requestId: randomUUID(),
    previewHtml: null,
    messages: {},
    autofocus: answers !== null,
  }
}
