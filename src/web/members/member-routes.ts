import type { Forum } from '../../forum/forum.ts'
import type { Sessions } from '../../forum/members/sessions/lucia.ts'
import type { App } from '../../platform/http/app.ts'
import { dataRoutes } from '../settings/data.ts'
import { settingsRoutes } from '../settings/profile.ts'
import { secondFactorRoutes } from '../settings/second-factor.ts'
import { securityRoutes } from '../settings/security.ts'
import { tokenRoutes } from '../settings/tokens.ts'
import { loginRoutes } from './login.ts'
import { loginAgainRoutes } from './login-again.ts'
import { loginCodeRoutes } from './login-code.ts'
import { memberRoutes } from './profile.ts'
import { registerRoutes } from './register.ts'

/** The pages of accounts: registration, login, settings. */
export function accountRoutes(app: App, forum: Forum, sessions: Sessions): void {
  registerRoutes(app, forum, sessions)
  loginRoutes(app, forum, sessions)
  loginCodeRoutes(app, forum, sessions)
  loginAgainRoutes(app, forum)
  settingsRoutes(app, forum)
  securityRoutes(app, forum, sessions)
  tokenRoutes(app, forum)
  secondFactorRoutes(app, forum)
  dataRoutes(app, forum, sessions)
  memberRoutes(app, forum)
}
