import t from 'tap'
import { DEFAULT_SETTINGS } from '../../src/forum/settings.ts'
import { LANGUAGES } from '../../src/platform/text/i18n/languages.ts'
import { translator } from '../../src/platform/text/i18n/translate.ts'
import type { ActKind } from '../../src/schema/enums.ts'
import { type Changed, changedValues } from '../../views/moderation/changed-values.ts'
import { parsed } from '../support/parsed.ts'

/** What acts write down of what they change, as each of them does. */
const ACTS: [kind: ActKind, before: Changed['before'], after: Changed['after']][] = [
  ['move', { boards: ['nice', 'gone'] }, { boards: ['nice'] }],
  ['move_posts', { thread: 3, numbers: [4, 5], count: 2 }, { thread: 7, numbers: [1, 2] }],
  ['role', { role: 'member' }, { role: 'moderator' }],
  ['silence', {}, { days: 1 }],
  ['ban', {}, { days: null }],
  ['lift', { lifted: ['silence', 'ban'] }, {}],
  ['purge', {}, { hours: 24 }],
  ['hide', {}, { number: 12 }],
  ['board_archive', { archived: false }, { archived: true }],
  ['board_merge', { merged: 'nizza', name: { fr: 'Nizza' } }, { into: 'nice' }],
]

const BOARDS = new Map([['nice', { fr: 'Nice', en: 'Nice' }]])

for (const language of LANGUAGES) {
  const page = { language, t: translator(language) }
  const linesOf = (kind: ActKind, before: Changed['before'], after: Changed['after']) =>
    [...parsed(changedValues(page, { kind, before, after }, BOARDS)).querySelectorAll('li')].map((line) =>
      line.textContent?.replace(/\s+/g, ' '),
    )

  t.test(`${language}: every setting is called as its form calls it, and no value is raw`, async (t) => {
    for (const [name, value] of Object.entries(DEFAULT_SETTINGS).filter(([name]) => !name.endsWith('_html'))) {
      const [line = ''] = linesOf('settings', { [name]: value }, { [name]: another(name, value) })
      t.match(line, /^\p{Lu}.*: .+→.+$/u, name)
      t.notMatch(line, /_|[{}[\]]|true|false|undefined|null|\d{4}-\d\d|invitation$/, name)
    }
  })
}

/** Another value of the same shape. */
function another(name: string, value: unknown): unknown {
  if (name === 'registration') return 'closed'
  if (name === 'digest_rhythm') return 'never'
  if (name === 'languages') return ['en']
  if (name === 'newcomers_read_only_until') return '2026-11-26T10:00:00.000Z'
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  if (typeof value === 'string') return '#00457c'
  return Array.isArray(value) ? ['un mot', 'un autre'] : { fr: 'Autre chose' }
}

t.test('what each act changes is said in words', async (t) => {
  const page = { language: 'fr' as const, t: translator('fr') }
  const said = ACTS.map(([kind, before, after]) =>
    parsed(changedValues(page, { kind, before, after }, BOARDS))
      .body.textContent?.replace(/\s+/g, ' ')
      .trim(),
  )
  t.same(said, [
    'Espaces : Nice, gone →puis Nice',
    'Sujet : 3 →puis 7Messages : 4, 5 →puis 1, 2',
    'Rôle : Membre →puis Modération',
    'Durée : 1 jour',
    'Durée : sans limite',
    'Sanction : Parole retirée, Compte fermé',
    'Messages publiés depuis : 24 heures',
    'Message : 12',
    '',
    'Ancienne adresse : nizzaNom (Français) : Nizza',
  ])
})
