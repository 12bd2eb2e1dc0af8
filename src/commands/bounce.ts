import { buffer } from 'node:stream/consumers'
import { recipientsOf, returnedMail } from '../forum/digests/returned-mail.ts'
import { OperatorError } from '../platform/process/operator-error.ts'
import { withForum } from './with-forum.ts'

/** For a mail server, to keep the mail and try again (EX_TEMPFAIL of sysexits.h). */
const TRY_AGAIN = 75

/**
 * Takes in one mail that has come back, from standard input, as mail servers hand it to programs; the addresses that it
 * was delivered to are given, or read from its head. What is none of the forum's is passed over.
 */
export async function run(given: string[]): Promise<void> {
  const source = await buffer(process.stdin)
  const addresses = given.length > 0 ? given : recipientsOf(source)
  if (addresses.length === 0) throw new OperatorError('Use: bounce [ADDRESS …] < MAIL')
  try {
    await withForum(async (forum) => {
      const own = returnedMail(forum)
      await own.take(
        source,
        addresses.filter((address) => own.has(address)),
      )
    })
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error
    process.stderr.write(`contrechamp: ${error.message}\n`)
    process.exitCode = TRY_AGAIN
  }
}
