import type { FastifyRequest } from 'fastify'

/** Whether a request comes from a script or a program, rather than from a browser's address bar or form. */
export function wantsJson(request: FastifyRequest): boolean {
  const accepted = String(request.headers.accept ?? '')
  return /[/+]json\b/.test(accepted) && !accepted.includes('text/html')
}
