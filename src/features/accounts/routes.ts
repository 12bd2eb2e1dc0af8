import type { Forum } from '../../platform/forum.ts'
import type { App } from '../../platform/http/app.ts'
import { loginRoutes } from './routes/login.ts'
import { memberRoutes } from './routes/members.ts'
import { registerRoutes } from './routes/register.ts'
import { securityRoutes } from './routes/security.ts'
import { settingsRoutes } from './routes/settings.ts'
import { openSessions } from './sessions/lucia.ts'
import { recogniseMembers } from './sessions/on-requests.ts'

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
