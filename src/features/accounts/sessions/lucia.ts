import { Lucia, TimeSpan } from 'lucia'
import type { Role, Theme } from '../../../../views/page.ts'
import type { Forum } from '../../../platform/forum.ts'
import { sessionCookieName } from '../../../platform/http/session-cookie.ts'
import { sessionAdapter } from './adapter.ts'
import { rememberSessions } from './remembered.ts'

interface MemberAttributes {
  username: string
  role: Role
  language: string
  theme: Theme | null
  joinedAt: Date
  unread: number
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
export function openSessions({ database, bus, config: { origin } }: Forum) {
  const secure = origin.startsWith('https:')
  return new Lucia(rememberSessions(sessionAdapter(database), bus), {
    sessionExpiresIn: new TimeSpan(30, 'd'),
    sessionCookie: {
      name: sessionCookieName(origin),
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: (member) => member,
    getSessionAttributes: ({ device }) => ({ device }),
  })
}
