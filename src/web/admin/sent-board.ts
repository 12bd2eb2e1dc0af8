import { type Static, Type } from 'typebox'
import type { BoardFields } from '../../forum/boards/board-fields.ts'
import { slugOf } from '../../forum/discussion/slug.ts'
import { BOARD_KINDS } from '../../schema/enums.ts'

const Name = Type.Optional(Type.String({ maxLength: 80 }))
const Summary = Type.Optional(Type.String({ maxLength: 500 }))
const degrees = (most: number) =>
  Type.Optional(Type.Union([Type.Number({ minimum: -most, maximum: most }), Type.Literal('')]))

/** The fields of a board as a form sends them. For a board that exists, a missing field keeps its value. */
export const SentBoard = Type.Object({
  kind: Type.Optional(Type.Enum([...BOARD_KINDS])),
  slug: Type.Optional(Type.String({ maxLength: 80 })),
  name_fr: Name,
  name_en: Name,
  summary_fr: Summary,
  summary_en: Summary,
  latitude: degrees(90),
  longitude: degrees(180),
  position: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 10_000 }), Type.Literal('')])),
})
/** The fields of a new board before somebody fills in the form. */
export const NOTHING: Omit<BoardFields, 'kind'> = {
  slug: '',
  name: {},
  summary: {},
  latitude: null,
  longitude: null,
  position: 0,
}

/** The fields that a form sends, over those that the board has now. An empty slug is made from the name. */
export function fieldsIn(sent: Static<typeof SentBoard>, now: BoardFields): BoardFields {
  const name = { ...now.name, ...given('fr', sent.name_fr), ...given('en', sent.name_en) }
  return {
    kind: now.kind,
    slug: (sent.slug ?? now.slug).trim() || slugOf(name.fr ?? name.en ?? ''),
    name: withoutEmpty(name),
    summary: withoutEmpty({ ...now.summary, ...given('fr', sent.summary_fr), ...given('en', sent.summary_en) }),
    latitude: numberOr(sent.latitude, now.latitude),
    longitude: numberOr(sent.longitude, now.longitude),
    position: numberOr(sent.position, now.position) ?? 0,
  }
}

const given = (language: string, text: string | undefined) => (text === undefined ? {} : { [language]: text.trim() })
const withoutEmpty = (texts: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text))
const numberOr = (sent: number | '' | undefined, now: number | null): number | null =>
  sent === undefined ? now : sent === '' ? null : sent
