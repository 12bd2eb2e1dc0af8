import { inArray } from 'drizzle-orm'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { conflict } from '../../platform/problem.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import { settings } from '../../schema/settings.ts'
import { settingsEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { recordAct } from '../moderation/record-act.ts'
import { DEFAULT_SETTINGS, PAGE_TEXTS, type SettingName, type Settings } from '../settings.ts'
import { renderPageText } from './page-texts.ts'

/**
 * Changes some settings of the forum in one transaction, and logs the values before and after. Other processes read the
 * new values; kept pages are outdated.
 * @param given values that the form has checked.
 * @param expected values that the settings must have now, if given.
 * @throws Problem 409 when one of them has changed.
 */
export async function changeSettings(
  forum: Forum,
  by: number,
  given: Partial<Settings>,
  expected: Record<string, unknown> = {},
): Promise<void> {
  const changes = { ...given, ...(await renderedTexts(forum, given)) }
  // In the order of their names, so that two transactions cannot deadlock.
  const names = namesIn(changes).sort()
  if (names.length === 0) return
  await inTransaction(forum, async (transaction, announce) => {
    const stored = await transaction.select().from(settings).where(inArray(settings.name, names)).for('update')
    const before = Object.fromEntries(stored.map(({ name, value }) => [name, value]))
    const isNow = (name: SettingName) => before[name] ?? DEFAULT_SETTINGS[name]
    const isOther = (name: SettingName) => name in expected && !isSame(isNow(name), expected[name])
    if (names.some(isOther)) throw conflict('forum_settings.changed_since')
    const changed = names.filter((name) => !isSame(isNow(name), changes[name]))
    if (changed.length === 0) return
    for (const name of changed) {
      const value = changes[name]
      await transaction
        .insert(settings)
        .values({ name, value })
        .onConflictDoUpdate({ target: settings.name, set: { value } })
    }
    const logged = changed.filter((name) => !name.endsWith('_html'))
    if (logged.length > 0)
      await recordAct(transaction, {
        kind: 'settings',
        by,
        before: Object.fromEntries(logged.map((name) => [name, isNow(name)])),
        after: Object.fromEntries(logged.map((name) => [name, changes[name]])),
      })
    await announce(settingsEvent)
  })
}

/** The texts of pages among the changes, rendered. */
async function renderedTexts(forum: Forum, given: Partial<Settings>): Promise<Partial<Settings>> {
  const texts: Partial<Settings> = {}
  for (const name of PAGE_TEXTS) {
    const text = given[name]
    if (text) texts[`${name}_html`] = await rendered(forum, text)
  }
  return texts
}

/** A text in each language that it has. */
async function rendered(forum: Forum, text: Worded): Promise<Worded> {
  const pages: [string, string][] = []
  for (const [language, body] of Object.entries(text)) {
    if (body?.trim()) pages.push([language, await renderPageText(forum, body, language)])
  }
  return Object.fromEntries(pages)
}

const namesIn = (changes: Partial<Settings>): SettingName[] =>
  Object.keys(DEFAULT_SETTINGS).filter((name): name is SettingName => Object.hasOwn(changes, name))

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
