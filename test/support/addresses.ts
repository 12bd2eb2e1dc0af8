import { PASSWORD, type TestForum } from './forum.ts'
import { send } from './mail.ts'
import type { MailServer } from './mail-server.ts'
import { linksIn } from './mailbox.ts'
import type { Person } from './person.ts'
import { until } from './until.ts'

/** Gives an address in the settings, which then waits to be confirmed. */
export const askForAddress = (person: Person, email: string, password = PASSWORD) =>
  person.post('/settings/email', { action: 'address', email, password })

/** The first link of the last mail to an address. */
export async function linkTo(forum: TestForum, server: MailServer, address: string): Promise<string> {
  await send(forum)
  const mail = server.to(address).at(-1)?.mail
  return (mail && linksIn(mail, forum.origin)[0]) ?? ''
}

/** Gives an address and follows the link in the mail. */
export async function confirmAddress(forum: TestForum, server: MailServer, person: Person, address: string) {
  const had = server.to(address).length
  await askForAddress(person, address)
  await send(forum)
  // Where jobs run beside the test, the mail may be in their hands.
  await until(() => server.to(address).length > had)
  const link = await linkTo(forum, server, address)
  return person.submit(await person.get(link), 'main form', {})
}
