import type { ZipEntry } from '../../platform/files/zip.ts'
import { asLanguage, type Language } from '../../platform/text/i18n/languages.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import type { Forum } from '../forum.ts'
import { tokensOf } from '../members/api/find-token.ts'
import { marksOf, moderationOf, notificationsOf, type OwnSubscriptions, subscriptionsOf } from './own-data.ts'
import { type OwnProfile, ownSessions, profileOf } from './own-profile.ts'
import { invitationsOf, mailsOf, ownPushBrowsers, ownWebhooks, readBy } from './own-traces.ts'
import { type WrittenByMember, writtenBy } from './own-writing.ts'
import { settingsFile } from './settings-file.ts'

const FILES = [
  ...['profile', 'settings', 'subscriptions', 'posts', 'notifications', 'sessions', 'tokens', 'moderation', 'marks'],
  ...['reading', 'invitations', 'webhooks', 'push', 'mails'],
] as const
type ArchiveFile = (typeof FILES)[number]

/** The words of an archive's HTML page. */
export interface ArchivePages {
  head(about: ArchiveIndex): string
  post(language: Language, origin: string, post: WrittenByMember): string
  foot(): string
}

export interface ArchiveIndex {
  language: Language
  profile: OwnProfile
  subscriptions: OwnSubscriptions
  /** The names of the other files. */
  files: readonly ArchiveFile[]
  madeAt: Date
}

/**
 * All data of a member as files: a page to read, and JSON for programs. `test/support/columns-of-members.ts` says what
 * is left out and why; a test finds every column that names a member.
 */
export async function archiveOf(forum: Forum, memberId: number): Promise<ZipEntry[]> {
  const { database, config, archivePages: pages } = forum
  const catalogue = await boardCatalogue(forum)
  const [profile, subscriptions] = await Promise.all([
    profileOf(database, memberId),
    subscriptionsOf(database, catalogue, memberId),
  ])
  const language = asLanguage(profile.language)
  const files: Record<ArchiveFile, ZipEntry['text']> = {
    profile: () => json(profile),
    settings: () => json(settingsFile(profile, subscriptions)),
    subscriptions: () => json(subscriptions),
    posts: () => jsonList(writtenBy(database, memberId)),
    notifications: () => json(notificationsOf(database, memberId)),
    sessions: () => json(ownSessions(database, memberId)),
    tokens: () => json(tokensOf(database, memberId)),
    moderation: () => json(moderationOf(database, memberId)),
    marks: () => json(marksOf(database, memberId)),
    reading: () => jsonList(readBy(database, catalogue, memberId)),
    invitations: () => json(invitationsOf(database, memberId)),
    webhooks: () => json(ownWebhooks(database, catalogue, memberId)),
    push: () => json(ownPushBrowsers(database, memberId)),
    mails: () => json(mailsOf(database, memberId)),
  }
  async function* index(): AsyncGenerator<string> {
    yield pages.head({ language, profile, subscriptions, files: FILES, madeAt: new Date() })
    for await (const post of writtenBy(database, memberId)) yield pages.post(language, config.origin, post)
    yield pages.foot()
  }
  return [{ name: 'index.html', text: index }, ...FILES.map((name) => ({ name: `${name}.json`, text: files[name] }))]
}

async function* json(value: unknown): AsyncGenerator<string> {
  yield `${JSON.stringify(await value, null, 2)}\n`
}

async function* jsonList(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = '[\n'
  for await (const value of values) {
    yield before + JSON.stringify(value, null, 2)
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}
