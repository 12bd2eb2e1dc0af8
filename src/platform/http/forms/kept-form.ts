import type { FastifyRequest } from 'fastify'
import { readSigned, sign } from '../../crypto/signed.ts'
import { MOST_FIELDS } from './receive-bodies.ts'

/** A form that could not be received, with all that was typed into it, to be shown and sent again. */
export interface KeptForm {
  /** The path it is sent to. */
  action: string
  fields: [name: string, value: string][]
}

/** A form that waits behind a login. */
export interface WaitingForm extends KeptForm {
  /** Whether a session had ended over it, or there had been none. */
  ended: boolean
  /** Whether somebody has logged in with this browser before: they may have logged out, in another tab. */
  known: boolean
  /** Whether its route can show it again, with a preview, instead of doing it. */
  previews: boolean
  /** The page it was filled in on. */
  from: string
  /** No other form that was packed has it. */
  id: string
  /** When it was packed, in milliseconds since 1970. */
  packedAt: number
  /** A proof of the member whose session had ended over it; empty where nobody is known to have been signed in. */
  owner: string
}

/**
 * What a request's form held; null when it held none, or went to no path of ours. A password is never kept. Of a login
 * that failed, the form that waits behind it is what somebody may have written.
 */
export function keptForm(request: FastifyRequest): KeptForm | null {
  const { body } = request
  if (request.method !== 'POST' || body === null || typeof body !== 'object' || !isOwnPath(request.url)) return null
  const { kept_form: waiting } = Object(body)
  if (typeof waiting === 'string') {
    const form = unpackForm(waiting)
    if (form) return form
  }
  const fields = Object.entries(body)
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]))
    .filter(([name]) => !/password|kept_|choose_/.test(name))
  return { action: request.url, fields }
}

const purposeFor = (browser: string) => `kept form of ${browser}`

/** A form as one hidden field of the login in between, signed for the browser that sent it. */
export const packForm = (form: WaitingForm, secret: string, browser: string): string =>
  sign(secret, purposeFor(browser), JSON.stringify(form))

/** Whether a form was packed here, for this browser. */
export const isPackedFor = (packed: string, secret: string, browser: string): boolean =>
  readSigned(secret, purposeFor(browser), packed) !== null

/** Reads a packed form; null when its signature is not ours. */
export function unpackForm(packed: string | undefined): WaitingForm | null {
  if (!packed) return null
  try {
    const form: unknown = JSON.parse(packed.slice(0, packed.lastIndexOf('}') + 1))
    if (!isKeptForm(form)) return null
    const { ended, known, previews, from, id, packedAt, owner } = Object(form)
    return {
      action: form.action,
      fields: form.fields,
      ended: ended === true,
      known: known === true,
      previews: previews === true,
      from: ownPathOr(String(from), '/'),
      id: String(id),
      packedAt: Number(packedAt),
      owner: String(owner ?? ''),
    }
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
