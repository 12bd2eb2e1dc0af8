import { Type } from 'typebox'
import { LONGEST_BODY } from '../limits.ts'
import { WRITTEN_LANGUAGES } from '../platform/text/written-language/languages.ts'

/** Shapes that the schemas of several routes share. */

/** An identity key: never above what a number holds exactly. */
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
/** A post's number, within PostgreSQL's integer. */
export const PostNumber = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })
/** A page of a thread, whose last number is within PostgreSQL's integer. */
export const PageNumber = Type.Integer({ minimum: 1, maximum: 100_000_000 })
export const Slug = Type.String({ minLength: 1, maxLength: 400 })
export const Body = Type.String({ minLength: 1, maxLength: LONGEST_BODY })
/** May be empty here, so that what is wrong with body, title and boards is said at once. */
export const OpeningBody = Type.String({ maxLength: LONGEST_BODY })
export const LONGEST_NEXT = 2_000
export const YesOrNo = Type.Enum(['yes', 'no'])
/** Where to go after a form; anything but a path of ours is ignored. */
export const Next = Type.Optional(Type.String({ maxLength: LONGEST_NEXT }))
export const RequestId = Type.Optional(Type.String({ maxLength: 100 }))
/** The language that somebody says a text is in; empty: it is guessed. */
export const ChosenLanguage = Type.Optional(Type.Enum(['', ...WRITTEN_LANGUAGES]))
/** Says that something is so by being there: a box that is ticked, a button, what was done before a page. */
export const Mark = Type.Optional(Type.String({ maxLength: 100 }))
/** The button that asks for a look before sending. */
export const PreviewButton = Mark
/** A number in a form that may also come empty. */
export const optionalNumber = (number: typeof PostNumber) => Type.Optional(Type.Union([number, Type.Literal('')]))
