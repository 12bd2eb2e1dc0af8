import { threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showMoment, showNumber } from '../../src/platform/text/i18n/formats.ts'
import { isLanguage } from '../../src/platform/text/i18n/languages.ts'
import { type MessageKey, nameOf } from '../../src/platform/text/i18n/translate.ts'
import { type Worded, worded } from '../../src/platform/text/i18n/worded.ts'
import { shortened } from '../../src/platform/text/shortened.ts'
import { type ActKind, BOARD_KINDS, REGISTRATIONS, RHYTHMS, ROLES } from '../../src/schema/enums.ts'
import type { Wording } from '../page.ts'

export interface Changed {
  kind: ActKind
  /** Values before and after, by name; boards by slug. */
  before: Record<string, unknown>
  after: Record<string, unknown>
}

/** Longer values are cut, because nobody reads them at a glance. */
const LONGEST_VALUE = 300

/** The changes of an act in words: each value before and after. @param boards names by slug. */
export function changedValues(page: Wording, changed: Changed, boards: ReadonlyMap<string, Worded>): Html {
  const { before, after } = changed
  const words: Words = { page, boards }
  const [was, is] = [inOneLanguage(before), inOneLanguage(after)]
  const lines = [...new Map([...was, ...is])].flatMap(([place, { name, code }]) => {
    const [from, to] = [was.get(place)?.value, is.get(place)?.value]
    if (SAID_BY_THE_ACT.has(name) || isSame(from, to)) return []
    const label =
      code === null ? labelOf(page, changed, name) : `${labelOf(page, changed, name)} (${languageName(code)})`
    // A text may be new in this language, or deleted in it.
    const isChange = Object.hasOwn(before, name) && Object.hasOwn(after, name)
    const shown = isChange ? [from, to] : [from, to].filter((value) => !isNothing(value) || isWithoutEnd(name, value))
    if (shown.length === 0) return []
    return [
      html`<li>${page.t('changed.label', { label })} ${arrowed(
        page,
        shown.map((value) => valueHtml(words, name, value)),
      )}</li>`,
    ]
  })
  return lines.length === 0 ? html`` : html`<ul class="changed" role="list">${lines}</ul>`
}

/** Values that the words for the act already say. */
const SAID_BY_THE_ACT = new Set(['archived', 'into', 'count'])

const OF_BOARDS: ReadonlyMap<string, MessageKey> = new Map([
  ['kind', 'board_form.kind'],
  ['name', 'changed.name'],
  ['slug', 'board_form.slug'],
  ['summary', 'changed.summary'],
  ['latitude', 'board_form.latitude'],
  ['longitude', 'board_form.longitude'],
  ['position', 'board_form.position'],
  ['merged', 'changed.merged'],
])

const OF_SETTINGS: ReadonlyMap<string, MessageKey> = new Map([
  ...(['name', 'tagline', 'welcome', 'registration', 'approve_first_posts', 'fetch_links'] as const).map(setting),
  ...(['newcomer_days', 'newcomer_posts', 'newcomer_links', 'newcomer_mentions', 'newcomer_threads'] as const).map(
    setting,
  ),
  ...(['suspect_points', 'blocked_words', 'staff_second_factor', 'search_engines', 'languages'] as const).map(setting),
  ...(['digest_rhythm', 'digest_hour', 'signal'] as const).map(setting),
  ...(['about', 'rules', 'help', 'contact', 'legal', 'privacy'] as const).map(setting),
  ['newcomers_read_only_until', 'forum_settings.until'],
])

const OF_OTHERS: ReadonlyMap<string, MessageKey> = new Map([
  ['role', 'changed.role'],
  ['boards', 'threads.boards'],
  ['thread', 'changed.thread'],
  ['numbers', 'changed.numbers'],
  ['number', 'posts.body'],
  ['lifted', 'changed.lifted'],
  ['days', 'changed.for'],
  ['hours', 'changed.of_the_last'],
])

function setting<Name extends string>(name: Name): [Name, `forum_settings.${Name}`] {
  return [name, `forum_settings.${name}`]
}

/** A value without a label here was written by a later version. Shows its own name. */
function labelOf({ t }: Wording, { kind }: Changed, name: string): string {
  const labels = kind === 'settings' ? OF_SETTINGS : kind.startsWith('board_') ? OF_BOARDS : OF_OTHERS
  const label = labels.get(name)
  return label ? t(label) : name
}

/** Labels of values that come from a fixed list. */
const CHOICES: ReadonlyMap<string, MessageKey> = new Map([
  ...REGISTRATIONS.map((one): [string, MessageKey] => [`registration ${one}`, `forum_settings.choice_${one}`]),
  ...RHYTHMS.map((one): [string, MessageKey] => [`digest_rhythm ${one}`, `forum_settings.choice_${one}`]),
  ...ROLES.map((one): [string, MessageKey] => [`role ${one}`, `roles.${one}`]),
  ...BOARD_KINDS.map((one): [string, MessageKey] => [`kind ${one}`, `board_form.${one}`]),
  ...(['silence', 'ban'] as const).map((one): [string, MessageKey] => [`lifted ${one}`, `acts.${one}`]),
])

interface Words {
  page: Wording
  boards: ReadonlyMap<string, Worded>
}

function valueHtml(words: Words, name: string, value: unknown): Html {
  const { page, boards } = words
  const { t, language, timeZone = null } = page
  if (isWithoutEnd(name, value)) return html`${t('moderation.without_end')}`
  if (isNothing(value)) return html`<i>${t('changed.nothing')}</i>`
  const choice = CHOICES.get(`${name} ${value}`)
  if (choice) return html`${t(choice)}`
  if (Array.isArray(value)) return listed(value.map((one) => valueHtml(words, name, one)))
  if (typeof value === 'boolean') return html`${t(value ? 'forum_settings.choice_on' : 'forum_settings.choice_off')}`
  if (typeof value === 'number') {
    if (name === 'days' || name === 'hours')
      return html`${t(`changed.${name}`, { count: value, shown: showNumber(value, language) })}`
    return name === 'thread' ? html`<a href="${threadPath({ id: value, slug: '' })}">${value}</a>` : html`${value}`
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (name === 'boards') return html`<bdi>${worded(boards.get(text) ?? { [language]: text }, language)}</bdi>`
  if (name === 'languages') return html`${languageName(text)}`
  if (name === 'newcomers_read_only_until') return html`${showMoment(new Date(text), language, timeZone)}`
  return html`<q dir="auto">${shortened(text, LONGEST_VALUE)}</q>`
}

const listed = (items: readonly Html[]): Html =>
  html`${items.map((item, index) => (index === 0 ? item : html`, ${item}`))}`

/** The value before, if known, an arrow, and the value after. */
const arrowed = ({ t }: Wording, values: readonly Html[]): Html =>
  html`${values.map((value, index) => (index === 0 ? value : html` <span aria-hidden="true">${t('changed.arrow')}</span><span class="hidden">${t('changed.then')}</span> ${value}`))}`

const languageName = (code: string): string => (isLanguage(code) ? nameOf(code) : code)

/** A value, or its text in one language. */
interface Valued {
  name: string
  /** Null for a value without a language. */
  code: string | null
  value: unknown
}

/** Splits texts by language. */
function inOneLanguage(values: Record<string, unknown>): Map<string, Valued> {
  const found = new Map<string, Valued>()
  for (const [name, value] of Object.entries(values)) {
    if (!isWorded(value)) found.set(name, { name, code: null, value })
    else for (const [code, text] of Object.entries(value)) found.set(`${name} ${code}`, { name, code, value: text })
  }
  return found
}

const isWorded = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A sanction without a number of days lasts until it is lifted. */
const isWithoutEnd = (name: string, value: unknown): boolean => name === 'days' && value === null

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)
