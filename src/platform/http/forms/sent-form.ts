import type { FastifyRequest } from 'fastify'

/** What a form held, field by field, even where it is not what the route's schema asks for. */
export interface SentForm {
  /** The first value of a field, or nothing. */
  text(name: string): string
  /** All values of a field that may be repeated. */
  list(name: string): string[]
}

/** Reads a form without trusting its shape, so that it can be shown again as it was sent. */
export function sentForm(request: FastifyRequest): SentForm {
  const fields = new Map(Object.entries(request.body ?? {}))
  const list = (name: string) => [fields.get(name) ?? []].flat().map(String)
  return { list, text: (name) => list(name)[0] ?? '' }
}
