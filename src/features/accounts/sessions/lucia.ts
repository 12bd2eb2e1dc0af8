import { Lucia, TimeSpan } from 'lucia'
import type { Role, Theme } from '../../../../views/page.ts'
import type { Database } from '../../../platform/database/database.ts'
import { sessionAdapter } from './adapter.ts'

interface MemberAttributes {
  username: string
  role: Role
  language: string
  theme: Theme | null
  joinedAt: Date
}

declare module 'lucia' {
  interface Register {
    Lucia: Sessions
    UserId: number
    DatabaseUserAttributes: MemberAttributes
    DatabaseSessionAttributes: { device: string }
  }
}

export type Sessions = ReturnType<typeof openSessions>

/** Sessions last 30 days from their last use; Lucia moves the end when half of that has gone. */
export function openSessions(database: Database, origin: string) {
  const secure = origin.startsWith('https:')
  return new Lucia(sessionAdapter(database), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: {
      // A browser takes a `__Host-` cookie only from a secure page of this very host (RFC 6265bis, 4.1.3.2).
      name: secure ? '__Host-session' : 'session',
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: (member) => member,
    getSessionAttributes: ({ device }) => ({ device }),
  })
}
