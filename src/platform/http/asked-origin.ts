import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { headerText } from './header-text.ts'

/**
 * Whether somebody may be here by the name of an onion service (RFC 7686). Any doubt is a yes: a page for them names no other
 * address of the forum's, which would lead them out of Tor.
 */
export const asksOnion = ({ host, 'x-forwarded-host': forwarded }: IncomingHttpHeaders): boolean =>
  `${host} ${headerText(forwarded)}`.toLowerCase().includes('.onion')

/** The address by which a request has reached this forum, such as `http://…onion`; null where its `Host` is none. */
export function originAsked({ protocol, host }: Pick<FastifyRequest, 'protocol' | 'host'>): string | null {
  const address = `${protocol}://${host}`
  return URL.canParse(address) ? new URL(address).origin : null
}

/** The address that links for elsewhere begin with: the one that was asked, so that nobody is led to another. */
export function originFor(request: Pick<FastifyRequest, 'protocol' | 'host'>, ownOrigin: string): string {
  const asked = originAsked(request)
  // A proxy may not have said that it speaks HTTPS.
  if (asked === null || new URL(asked).host === new URL(ownOrigin).host) return ownOrigin
  return asked
}
