import type { FastifyRequest } from 'fastify'
import { sentForm } from '../../platform/http/forms/sent-form.ts'

/** Which version of a post whoever decides of it has read, as a form says it; undefined where it does not. */
export function sentVersion(request: FastifyRequest): number | undefined {
  const version = sentForm(request).text('version')
  return version !== '' && Number.isSafeInteger(Number(version)) ? Number(version) : undefined
}
