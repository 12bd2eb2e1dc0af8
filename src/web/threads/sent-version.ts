import type { FastifyRequest } from 'fastify'
import { sentForm } from '../../platform/http/forms/sent-form.ts'

/**
 * Which version of a post whoever decides of it has read, as a form says it; undefined where it does not. NaN, which no
 * version is, where it says none.
 */
export function sentVersion(request: FastifyRequest): number | undefined {
  const version = sentForm(request).text('version')
  return version === '' ? undefined : Number(version)
}
