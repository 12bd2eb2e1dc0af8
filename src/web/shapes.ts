import { Type } from 'typebox'
import { LONGEST_BODY } from '../limits.ts'
import { WRITTEN_LANGUAGES } from '../platform/text/written-language/languages.ts'

/** Schemas that several routes share. */

/** An id. At most what a JavaScript number holds exactly. */
export const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
/** A post's number, within PostgreSQL's integer. */
export const PostNumber = Type.Integer({ minimum: 1, maximum: 2 ** 31 - 1 })
/** A page of a thread, whose last number is within PostgreSQL's integer. */
export const PageNumber = Type.Integer({ minimum: 1, maximum: 100_000_000 })
export const Slug = Type.String({ minLength: 1, maxLength: 400 })
export const Body = Type.String({ minLength: 1, maxLength: LONGEST_BODY })
/** May be empty, because the verb then reports all errors of body, title and boards at once. */
export const OpeningBody = Type.String({ maxLength: LONGEST_BODY })
export const LONGEST_NEXT = 2_000
export const YesOrNo = Type.Enum(['yes', 'no'])
/** Where to go after a form. Anything but a path of this forum is ignored. */
export const Next = Type.Optional(Type.String({ maxLength: LONGEST_NEXT }))
export const RequestId = Type.Optional(Type.String({ maxLength: 100 }))
/** The language of a text; empty when the forum should guess it. */
export const ChosenLanguage = Type.Optional(Type.Enum(['', ...WRITTEN_LANGUAGES]))
/** A field whose presence means yes: a ticked box, a pressed button. */
export const Mark = Type.Optional(Type.String({ maxLength: 100 }))
/** The preview button. */
export const PreviewButton = Mark
/** A number in a form that may be empty. */
export const optionalNumber = (number: typeof PostNumber) => Type.Optional(Type.Union([number, Type.Literal('')]))
