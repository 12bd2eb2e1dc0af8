import { parseArgs } from 'node:util'
import { makeDigestsDue } from '../forum/digests/make-due.ts'
import { sendBatch } from '../forum/digests/send-due.ts'
import { addressFeedback } from '../forum/members/email-refusals.ts'
import { sendMails } from '../platform/mail/send-mails.ts'
import { OperatorError } from '../platform/process/operator-error.ts'
import { withForum } from './with-forum.ts'

const USAGE = 'Use: digest --now [--member NAME]'

/** Sends the digests of all members who get any, or of one, as if their hour had come; and waits until they are sent. */
export async function run(words: string[]): Promise<void> {
  const { now, member } = parsed(words)
  if (!now) throw new OperatorError(USAGE)
  await withForum(async (forum) => {
    const due = await makeDigestsDue(forum.database, member)
    if (member !== undefined && due === 0) throw new OperatorError(`Nobody called ${member} gets digests.`)
    // The database decides on the next batch while the mails of the one before leave.
    for (let more = true; more; ) [more] = await Promise.all([sendBatch(forum, 0), sendMails(forum, addressFeedback)])
    await sendMails(forum, addressFeedback)
  })
  process.stdout.write('Done: whoever had news to be told has a digest.\n')
}

function parsed(words: string[]) {
  try {
    return parseArgs({ args: words, options: { now: { type: 'boolean' }, member: { type: 'string' } } }).values
  } catch {
    throw new OperatorError(USAGE)
  }
}
