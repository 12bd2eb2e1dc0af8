import { type TSchema, Type } from 'typebox'
import { CURSOR_PATTERN } from '../../forum/discussion/cursor.ts'
import { LONGEST_REASON } from '../../limits.ts'
import { ProblemDetails } from '../../platform/http/answers.ts'
import { BOARD_KINDS, LEVELS, ROLES } from '../../schema/enums.ts'
import { Id } from '../shapes.ts'

/** Schemas of the API's answers. A schema with a title appears once in the document; others refer to it. */

export const nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()])
export const Moment = Type.String({ format: 'date-time' })
export const Level = Type.Enum([...LEVELS, 'none'], { title: 'Level' })
export const Role = Type.Enum([...ROLES])
const Whole = Type.Integer({ minimum: 0 })
const Page = Type.String({ description: 'The address of its page, on the same host' })

export const Before = Type.Optional(
  Type.String({ pattern: CURSOR_PATTERN, description: 'Where the page begins, as `Link` has said it' }),
)
export const Sort = Type.Optional(
  Type.Enum(['active', 'new'], { description: 'By the last post, or the newest first' }),
)
/** An act in the log to undo. */
export const ActToUndo = Type.Object({ act: Type.Integer({ ...Id, description: 'The id of an act in the log' }) })
export const Reason = Type.Optional(Type.String({ maxLength: LONGEST_REASON, description: 'What the author is told' }))

export const Worded = Type.Record(Type.String(), Type.String(), {
  title: 'Worded',
  description: 'A text by language: `fr`, `en`',
})

export const Board = Type.Object(
  {
    slug: Type.String(),
    kind: Type.Enum([...BOARD_KINDS]),
    name: Worded,
    summary: Worded,
    url: Page,
  },
  { title: 'Board' },
)

export const Thread = Type.Object(
  {
    id: Whole,
    title: Type.String(),
    slug: Type.String(),
    url: Page,
    language: Type.String(),
    boards: Type.Array(Type.String(), { description: 'The slugs of the boards that it stands in' }),
    author: nullable(Type.String({ description: 'Null: they have left' })),
    created_at: Moment,
    last_author: nullable(Type.String()),
    last_post_at: Moment,
    last_number: Type.Integer({ description: 'The number of its newest post' }),
    reply_count: Whole,
    locked: Type.Boolean(),
    unread: Type.Integer({ minimum: 0, description: 'Posts that you have not read; counted up to a hundred' }),
    first_unread: nullable(Whole),
  },
  { title: 'Thread' },
)

export const ThreadAlone = Type.Object(
  {
    ...Thread.properties,
    removed: Type.Boolean(),
    level: Level,
    may: Type.Object({ reply: Type.Boolean(), moderate: Type.Boolean() }),
  },
  { title: 'ThreadAlone' },
)

export const Post = Type.Object(
  {
    id: Whole,
    thread: Type.Integer({ description: 'The id of its thread' }),
    number: Type.Integer({ minimum: 1, description: 'Its place in the thread, never used again' }),
    url: Page,
    author: nullable(Type.String()),
    body: nullable(
      Type.String({ description: 'Markdown, as it was typed; null where it is out of sight, or too long for a list' }),
    ),
    html: nullable(Type.String({ description: 'As pages show it' })),
    excerpt: nullable(Type.String()),
    language: nullable(Type.String()),
    reply_to: nullable(Type.Integer({ description: 'The number of the post that it answers' })),
    created_at: nullable(Moment),
    edited_at: nullable(Moment),
    deleted_at: nullable(Moment),
    held: Type.Boolean({
      description: 'It waits for a moderator, or waited in vain: only its author and moderators see it',
    }),
    version: nullable(Type.Integer({ description: 'How often it was edited' })),
    useful: nullable(Type.Integer({ description: 'How many members find it useful' })),
    removed: nullable(
      Type.Object({ html: nullable(Type.String()), excerpt: Type.String(), reason: nullable(Type.String()) }),
    ),
    may: nullable(
      Type.Object({
        reply: Type.Boolean(),
        edit: Type.Boolean(),
        delete: Type.Boolean(),
        remove: Type.Boolean(),
        restore: Type.Boolean(),
        mark_useful: Type.Boolean(),
      }),
    ),
  },
  { title: 'Post' },
)

const Sent = Type.Object(
  { title: Type.Optional(Type.String()), body: Type.Optional(Type.String()) },
  { title: 'SentEdit', description: 'What was sent, and is not kept' },
)

/** 409 for an edit that clashes: what the post says now, and what was sent. */
export const editClash = {
  description: 'Somebody has edited it meanwhile: both texts',
  content: {
    'application/problem+json': {
      schema: Type.Object({ ...ProblemDetails.properties, current: Post, sent: Sent }, { title: 'EditClash' }),
    },
  },
}

/** Headers that the document describes. */
export const Tagged = { ETag: { type: 'string', description: 'Its version, for `If-Match`' } }
export const Placed = { Location: { type: 'string', description: 'Where it is' } }

/** 202 (RFC 9110, 15.3.3). */
export const WAITS = 'It is kept, and waits for a moderator: only its author and moderators see it until then'
