import type { FastifyBaseLogger } from 'fastify'
import { mails } from '../../views/mails/mails.ts'
import type { Config } from '../config.ts'
import { forumSecret } from '../platform/crypto/secret.ts'
import { type Database, openDatabase } from '../platform/database/database.ts'
import { type Bus, openBus } from '../platform/live/bus.ts'
import { openSending, type Sending } from '../platform/mail/sending.ts'
import { type Outlet, openOutlet } from '../platform/mail/transport.ts'
import { type Markdown, openMarkdown } from '../platform/text/markdown/markdown.ts'
import type { DigestMails } from './digests/mails.ts'
import type { DiscussionSteps } from './discussion/steps.ts'
import type { FollowingSteps } from './following/steps.ts'
import type { AccountMails } from './members/mails.ts'
import type { MemberSteps } from './members/steps.ts'
import type { NotificationMails } from './notices/mails.ts'
import { steps } from './steps.ts'

/** What each verb also does, in the order of the lists: the subject of a verb does not know who cares. */
export interface Steps extends MemberSteps, DiscussionSteps, FollowingSteps {}

export interface Mails extends AccountMails, NotificationMails, DigestMails {}

/** What every verb and query of a feature stands on, in a request, a job or a command alike. */
export interface Forum {
  config: Config
  /** The key of everything that the forum signs. */
  secret: string
  database: Database
  bus: Bus
  markdown: Markdown
  /** Where mails leave it. */
  outlet: Outlet
  sending: Sending
  steps: Steps
  /** Writes the text of mails: verbs say only what they are about. */
  mails: Mails
  log: FastifyBaseLogger
  close(): Promise<void>
}

/**
 * Opens the forum on a migrated database.
 * @throws OperatorError when the database does not answer or the data folder cannot be written.
 */
export async function openForum(config: Config, databaseUrl: string, log: FastifyBaseLogger): Promise<Forum> {
  await using endings = new AsyncDisposableStack()
  const secret = await forumSecret(config)
  const outlet = endings.adopt(await openOutlet(config), (opened) => opened.close())
  const database = endings.adopt(await openDatabase(databaseUrl, config.databasePool), ({ $client }) => $client.end())
  const bus = endings.adopt(await openBus(databaseUrl, log), (opened) => opened.close())
  const markdown = endings.adopt(openMarkdown(), (opened) => opened.close())
  const sending = endings.adopt(openSending(), (opened) => opened.close())
  const opened = endings.move()
  return {
    config,
    secret,
    database,
    bus,
    markdown,
    outlet,
    sending,
    steps,
    mails,
    log,
    close: () => opened.disposeAsync(),
  }
}
