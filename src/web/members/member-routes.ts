import type { Forum } from '../../forum/forum.ts'
import { openSessions } from '../../forum/members/sessions/lucia.ts'
import type { App } from '../../platform/http/app.ts'
import { settingsRoutes } from '../settings/profile.ts'
import { securityRoutes } from '../settings/security.ts'
import { loginRoutes } from './login.ts'
import { memberRoutes } from './profile.ts'
import { recogniseMembers } from './recognise-members.ts'
import { registerRoutes } from './register.ts'

/** Accounts: who makes a request, and the pages where people join, come in and look after themselves. */
export function accountRoutes(app: App, forum: Forum): void {
  const sessions = openSessions(forum)
  recogniseMembers(app, sessions)
  registerRoutes(app, forum, sessions)
  loginRoutes(app, forum, sessions)
  settingsRoutes(app, forum)
  securityRoutes(app, forum, sessions)
  memberRoutes(app, forum)
}
