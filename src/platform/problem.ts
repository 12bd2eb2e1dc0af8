import type { MessageKey, MessageValues } from './text/i18n/translate.ts'

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503

/** A page of the forum that helps with what went wrong. */
export interface HelpfulPlace {
  path: string
  title: string
}

export interface FieldProblem {
  /** The form field it stands beside. */
  field: string
  key: MessageKey
  values?: MessageValues
}

/**
 * Something that a person can cause and must be told in their language. Everything else that is thrown is a bug.
 */
export class Problem extends Error {
  override name = 'Problem'
  readonly status: ProblemStatus
  readonly key: MessageKey
  readonly values: MessageValues
  /** With 422: what is wrong with each field. */
  readonly fields: readonly FieldProblem[]
  /** With 429 and 503: seconds until it is worth trying again. */
  readonly retryAfter: number | null
  /** Where to go instead. */
  readonly instead: HelpfulPlace | null

  constructor(
    status: ProblemStatus,
    key: MessageKey,
    more: {
      values?: MessageValues
      fields?: readonly FieldProblem[]
      retryAfter?: number
      instead?: HelpfulPlace
    } = {},
  ) {
    super(key)
    this.status = status
    this.key = key
    this.values = more.values ?? {}
    this.fields = more.fields ?? []
    this.retryAfter = more.retryAfter ?? null
    this.instead = more.instead ?? null
  }
}

/** 404: it is not there, or not for this reader. */
export const notFound = (key: MessageKey = 'errors.not_found', instead?: HelpfulPlace): Problem =>
  new Problem(404, key, instead ? { instead } : {})
/** Why a session that has been open for long is asked for the password again. */
export const PASSWORD_NEEDED = 'errors.password_needed'
/** 401: a browser is led to the login with what was typed. */
export const signInNeeded = (): Problem => new Problem(401, 'errors.sign_in_needed')
/** 403. */
export const notAllowed = (key: MessageKey = 'errors.not_allowed'): Problem => new Problem(403, key)
/** 409: somebody else has changed it meanwhile. */
export const conflict = (key: MessageKey): Problem => new Problem(409, key)
/** 422: the form comes back, with what is wrong beside each field. */
export const invalidFields = (fields: readonly FieldProblem[]): Problem =>
  new Problem(422, 'errors.invalid_form', { fields })
/** The same for one field. */
export const invalidField = (field: string, key: MessageKey, values?: MessageValues): Problem =>
  invalidFields([values ? { field, key, values } : { field, key }])
/** 429. @param retryAfter seconds */
export const tooMany = (retryAfter: number): Problem =>
  new Problem(429, 'errors.too_many', { retryAfter, values: { minutes: Math.ceil(retryAfter / 60) } })
