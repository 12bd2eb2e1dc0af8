import type { FastifyRequest } from 'fastify'

/** A form that could not be received, with all that was typed into it, to be shown and sent again. */
export interface KeptForm {
  /** The path it is sent to. */
  action: string
  fields: [name: string, value: string][]
}

/** Longer than any form of ours. */
const MOST_FIELDS = 40

/** What a request's form held; null when it held none, or went to no path of ours. A password is never kept. */
export function keptForm(request: FastifyRequest): KeptForm | null {
  const { body } = request
  if (request.method !== 'POST' || body === null || typeof body !== 'object' || !isOwnPath(request.url)) return null
  const fields = Object.entries(body).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, String(one)]),
  )
  return { action: request.url, fields: fields.filter(([name]) => !/password|kept_/.test(name)).slice(0, MOST_FIELDS) }
}

/** The kept form as one hidden field of the form in between (the one to log in). */
export const packForm = (form: KeptForm): string => JSON.stringify(form)

/** Reads it back; null when it is not one of ours. */
export function unpackForm(packed: string | undefined): KeptForm | null {
  if (!packed) return null
  try {
    const form: unknown = JSON.parse(packed)
    return isKeptForm(form) ? form : null
  } catch {
    return null
  }
}

function isKeptForm(form: unknown): form is KeptForm {
  if (form === null || typeof form !== 'object' || !('action' in form) || !('fields' in form)) return false
  return (
    typeof form.action === 'string' &&
    isOwnPath(form.action) &&
    Array.isArray(form.fields) &&
    form.fields.length <= MOST_FIELDS &&
    form.fields.every(
      (field) => Array.isArray(field) && field.length === 2 && field.every((one) => typeof one === 'string'),
    )
  )
}

/** A path on this site, in printable ASCII as a header takes it: `//elsewhere` and `/\elsewhere` would leave it. */
export function isOwnPath(path: string): boolean {
  return /^\/(?!\/)[!-[\]-~]*$/.test(path)
}

/** Where to go after a form: the page that was asked for, if it is one of ours. */
export function ownPathOr(path: string | undefined, otherwise: string): string {
  return path !== undefined && isOwnPath(path) ? path : otherwise
}
