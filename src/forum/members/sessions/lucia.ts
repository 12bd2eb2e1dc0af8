import { Lucia, TimeSpan } from 'lucia'
import type { Theme } from '../../../platform/http/reader-choices.ts'
import { sessionCookieName } from '../../../platform/http/session-cookie.ts'
import type { Role } from '../../../schema/enums.ts'
import type { Forum } from '../../forum.ts'
import { RETENTION } from '../../retention.ts'
import { sessionAdapter } from './adapter.ts'
import { rememberSessions } from './remembered.ts'

interface MemberAttributes {
  username: string
  role: Role
  language: string
  theme: Theme | null
  timeZone: string | null
  joinedAt: Date
  silenced: boolean
  waiting: boolean
  hasFactor: boolean
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

/**
 * Sessions end 30 days after their last use and at most 180 days after their start. Lucia moves the end after 15 of the
 * 30 days.
 */
export function openSessions({ database, bus, config: { origin } }: Forum) {
  const secure = origin.startsWith('https:')
  return new Lucia(rememberSessions(sessionAdapter(database), bus), {
    sessionExpiresIn: new TimeSpan(RETENTION.idleSessionDays, 'd'),
    sessionCookie: {
      name: sessionCookieName(origin),
      attributes: { secure, sameSite: 'lax', path: '/' },
    },
    getUserAttributes: (member) => member,
    getSessionAttributes: ({ device }) => ({ device }),
  })
}
