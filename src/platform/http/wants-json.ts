import type { FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Only programs come here: whatever they say that they accept, they are answered JSON. */
    forPrograms?: boolean
  }
}

/** Whether a request comes from a script or a program, rather than from a browser's address bar or form. */
export function wantsJson({ headers, routeOptions }: FastifyRequest): boolean {
  if (routeOptions.config.forPrograms) return true
  const accepted = String(headers.accept ?? '')
  return /[/+]json\b/.test(accepted) && !accepted.includes('text/html')
}
