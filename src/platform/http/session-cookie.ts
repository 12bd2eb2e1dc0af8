/** A browser takes a `__Host-` cookie only from a secure page of this very host (RFC 6265bis, 4.1.3.2). */
export const sessionCookieName = (origin: string): string =>
  origin.startsWith('https:') ? '__Host-session' : 'session'
