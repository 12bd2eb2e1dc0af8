import { randomUUID } from 'node:crypto'
import type { ReplyForm } from '../../../views/threads/reply-form.ts'
import { type PostInThread, standing } from '../../forum/discussion/post-in-thread.ts'
import { quoted } from '../../forum/discussion/quote.ts'
import type { ThreadAddress } from '../../paths.ts'

/** The empty reply form, or one that answers a post, with or without a quote of it. */
export function emptyReply(thread: ThreadAddress, answered: PostInThread | null, quote: boolean): ReplyForm {
  const answers = standing(answered)
  return {
    thread,
    body: answers && quote ? quoted(answers) : '',
    answered: answers,
    requestId: randomUUID(),
    preview: null,
    messages: {},
    autofocus: answers !== null,
  }
}
