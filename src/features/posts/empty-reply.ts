import { randomUUID } from 'node:crypto'
import type { ReplyForm } from '../../../views/posts/reply-form.ts'
import type { ThreadAddress } from '../../paths.ts'
import type { PostInThread } from './queries.ts'
import { quoted } from './quote.ts'

/** The form below a thread, ready to answer a post, with or without its words. */
export function emptyReply(thread: ThreadAddress, answered: PostInThread | null, quote: boolean): ReplyForm {
  const answers = answered?.deletedAt === null ? answered : null
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
