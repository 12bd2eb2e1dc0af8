import type { FastifyRequest } from 'fastify'
import { sentForm } from '../../platform/http/forms/sent-form.ts'

/**
 * The version of the post that the moderator has read, from the form; undefined without the field. An invalid number
 * gives NaN, which equals no version.
 */
export function sentVersion(request: FastifyRequest): number | undefined {
  const version = sentForm(request).text('version')
  return version === '' ? undefined : Number(version)
}
