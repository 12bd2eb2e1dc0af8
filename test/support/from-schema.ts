import fc, { type Arbitrary } from 'fast-check'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { anySign } from './any-sign.ts'

/** What is typed by people who want something else than the field is for. */
const HOSTILE = [
  // SQL and what PostgreSQL reads in searches, patterns, arrays, dates and numbers.
  ...[
    "'",
    "' or '1'='1",
    "'; drop table posts; --",
    '"; select pg_sleep(9); --',
    "\\'; --",
    '1) or (1=1',
    '$1',
    '{}',
    '{"',
    '%',
    '_',
    '\\',
  ],
  ...[
    'a & | !',
    ':*',
    '"',
    '-',
    '""',
    "'' <->",
    'author:',
    '(',
    '*',
    '{1,2',
    '[1]',
    'infinity',
    'epoch',
    '0000-00-00',
    '2026-02-30',
  ],
  ...[
    '275760-09-14',
    '9999-12-31',
    '-1',
    '0',
    '1e999',
    '1.5',
    '0x10',
    '9223372036854775808',
    '2147483648',
    'NaN',
    ' ',
    '',
  ],
  // Paths, addresses, markup, templates, headers, shells.
  ...[
    '../../etc/passwd',
    '..%2f..%2f',
    '/\\evil.example',
    'file:///etc/passwd',
    'javascript:alert(1)',
    '<script>alert(1)</script>',
  ],
  ...['{{7*7}}', '#{7*7}', '%n%s', 'a\r\nX-Evil: 1', '`id`', '$(id)', '=1+1', '&lt;', '%00', '%', '%ED%A0%80'],
  // What objects have already, and signs that cannot be stored or seen.
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'null', 'undefined', '[object Object]', 'true', 'on'],
  ...[
    '\0',
    'a\0b',
    '\ud800',
    '\udc00a',
    '\u202eabc',
    '\u200b',
    '\ufeff',
    'e\u0301'.repeat(40),
    '👩\u200d👧',
    'ﷺ',
    'İ',
    'ß',
  ],
  ...['a'.repeat(10_000), '> '.repeat(300), '['.repeat(600), '@a '.repeat(300), '`'.repeat(400)],
]

const hostileText = fc.oneof(
  { arbitrary: fc.constantFrom(...HOSTILE), weight: 3 },
  { arbitrary: fc.string({ unit: anySign, maxLength: 60 }), weight: 1 },
)

/** A value where another is meant. Programs can send one of any type. */
const hostile = fc.oneof(
  { arbitrary: hostileText, weight: 6 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 1 },
  { arbitrary: fc.array(hostileText, { maxLength: 4 }), weight: 1 },
)

const Shape = Type.Object({
  type: Type.Optional(Type.String()),
  const: Type.Optional(Type.Unknown()),
  enum: Type.Optional(Type.Array(Type.Unknown())),
  anyOf: Type.Optional(Type.Array(Type.Unknown())),
  items: Type.Optional(Type.Unknown()),
  properties: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  minimum: Type.Optional(Type.Number()),
  maximum: Type.Optional(Type.Number()),
})

/**
 * Values for a schema: mostly such as it asks for, so that more of them come further than its validation, and hostile ones.
 * @param known what there is for a field, by its name: a slug of a board, say.
 */
export function fromSchema(schema: unknown, known: Record<string, readonly string[]>, name = ''): Arbitrary<unknown> {
  if (!Value.Check(Shape, schema)) return hostile
  if (schema.properties) {
    const fields = Object.entries(schema.properties)
    return fc.record(Object.fromEntries(fields.map(([field, inner]) => [field, fromSchema(inner, known, field)])), {
      requiredKeys: [],
    })
  }
  return fc.oneof({ arbitrary: asMeant(schema, known, name), weight: 3 }, { arbitrary: hostile, weight: 1 })
}

function asMeant(
  schema: Type.Static<typeof Shape>,
  known: Record<string, readonly string[]>,
  name: string,
): Arbitrary<unknown> {
  const there = known[name]
  if (schema.type === 'array') return fc.array(fromSchema(schema.items, known, name), { maxLength: 3 })
  if (there) return fc.constantFrom(...there)
  if ('const' in schema) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fromSchema(one, known, name)))
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'integer' || schema.type === 'number') return numberIn(schema.minimum, schema.maximum)
  return hostileText
}

/** Mostly one of what there is; sometimes the largest that may be meant. */
const numberIn = (least = 0, most = Number.MAX_SAFE_INTEGER): Arbitrary<number> =>
  fc.oneof(
    { arbitrary: fc.integer({ min: least, max: Math.max(least, Math.min(most, least + 3)) }), weight: 4 },
    { arbitrary: fc.constantFrom(least, most), weight: 1 },
  )
