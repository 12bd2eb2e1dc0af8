import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { LONGEST_BIOGRAPHY } from '../../limits.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { THEMES } from '../../platform/http/reader-choices.ts'
import { invalidField } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { LANGUAGES } from '../../platform/text/i18n/languages.ts'
import { timeZoneCalled } from '../../platform/text/i18n/time-zones.ts'
import { LEVELS } from '../../schema/enums.ts'
import { boardCatalogue } from '../boards/catalogue.ts'
import { subscribeToAll } from '../following/subscribe-to-all.ts'
import type { Forum } from '../forum.ts'
import { changeProfile } from '../members/change-profile.ts'
import { mayBeUnreadSince } from '../members/unread-since.ts'
import type { OwnSubscriptions } from './own-data.ts'
import type { OwnProfile } from './own-profile.ts'

const Level = Type.Enum([...LEVELS])
const Slug = Type.String({ maxLength: 400 })
const MOST = 10_000

/** The contents of `settings.json` in an archive: the data that another forum can import. */
const SettingsFile = Type.Object({
  contrechamp: Type.Literal('settings'),
  language: Type.Enum([...LANGUAGES]),
  theme: Type.Union([Type.Enum([...THEMES]), Type.Null()]),
  time_zone: Type.Union([Type.String({ maxLength: 60 }), Type.Null()]),
  biography: Type.String({ maxLength: LONGEST_BIOGRAPHY }),
  listed: Type.Boolean(),
  /** Missing in archives of earlier versions. */
  unread_since: Type.Optional(Type.Union([Type.String({ format: 'date-time', maxLength: 40 }), Type.Null()])),
  subscriptions: Type.Object({
    boards: Type.Array(Type.Object({ board: Slug, level: Level }), { maxItems: MOST }),
    crossings: Type.Array(Type.Object({ city: Slug, technology: Slug, level: Level }), { maxItems: MOST }),
    threads: Type.Array(
      Type.Object({
        id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
        title: Type.String(),
        level: Type.Enum([...LEVELS, 'none']),
      }),
      { maxItems: MOST },
    ),
  }),
})

export function settingsFile(profile: OwnProfile, subscriptions: OwnSubscriptions) {
  const { language, theme, time_zone, biography, listed, unread_since } = profile
  return { contrechamp: 'settings', language, theme, time_zone, biography, listed, unread_since, subscriptions }
}

const IMPORTS = { action: 'import settings', most: 10, seconds: 3_600 }

/**
 * Imports a member's settings and subscriptions from the `settings.json` of an archive. Skips boards and threads that do
 * not exist here under the same name. Other subscriptions stay. Answers how many were imported.
 * @throws Problem 422 for any other file, 429.
 */
export async function importSettings(forum: Forum, memberId: number, text: string): Promise<number> {
  await takeAttempt(forum, IMPORTS, String(memberId))
  const { subscriptions, ...settings } = readSettings(text)
  const catalogue = await boardCatalogue(forum)
  const idOf = (slug: string) => catalogue.withSlug(slug)?.id ?? 0
  const { language, theme, time_zone: zone, biography, listed, unread_since: since } = settings
  const timeZone = zone === null ? null : timeZoneCalled(zone)
  await changeProfile(forum, memberId, {
    language,
    theme,
    biography,
    listed,
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(since === undefined ? {} : { unreadSince: since === null ? null : new Date(since) }),
  })
  return inTransaction(forum, (transaction) =>
    subscribeToAll(transaction, memberId, {
      boards: subscriptions.boards.map(({ board, level }) => ({ board: idOf(board), level })),
      crossings: subscriptions.crossings.map(({ city, technology, level }) => ({
        city: idOf(city),
        technology: idOf(technology),
        level,
      })),
      threads: subscriptions.threads,
    }),
  )
}

function readSettings(text: string): Static<typeof SettingsFile> {
  const wrong = () => invalidField('settings', 'data.import_wrong')
  try {
    const read: unknown = JSON.parse(text)
    if (Value.Check(SettingsFile, read) && mayBeUnreadSince(new Date(read.unread_since ?? 0))) return read
  } catch {
    throw wrong()
  }
  throw wrong()
}
