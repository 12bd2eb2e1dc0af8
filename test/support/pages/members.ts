import { bannedPage } from '../../../views/members/banned-page.ts'
import { codePage } from '../../../views/members/code-page.ts'
import { loginPage } from '../../../views/members/login-page.ts'
import { memberPage } from '../../../views/members/member-page.ts'
import { passwordAgainPage } from '../../../views/members/password-again-page.ts'
import { registerPage } from '../../../views/members/register-page.ts'
import { securityPage } from '../../../views/members/security-page.ts'
import { settingsPage } from '../../../views/members/settings-page.ts'
import { board, MOMENT, messages, type Pages, thread, waiting } from './samples.ts'

export const MEMBERS_PAGES: Pages = {
  loginPage: (page, text) =>
    loginPage(page, { username: text, next: text, kept: waiting(text), passkeys: true, messages: messages(text) }),
  registerPage: (page, text) =>
    registerPage(page, {
      username: text,
      next: text,
      setup: text,
      setupUsed: true,
      kept: waiting(text),
      ...{ asks: 'approval', reason: text, invitation: text, shown: text },
      email: text,
      city: text,
      cities: [board('city', text)],
      messages: messages(text),
    }),
  codePage: (page, text) => codePage(page, { next: text, kept: waiting(text), messages: messages(text) }),
  passwordAgainPage: (page, text) =>
    passwordAgainPage(page, { next: text, kept: waiting(text), messages: messages(text) }),
  memberPage: (page, text) =>
    memberPage(page, {
      username: text,
      role: 'admin',
      biography: text,
      listed: true,
      createdAt: MOMENT,
      shown: 'replies',
      written: 201,
      boards: [board('city', text)],
      posts: [{ number: 21, excerpt: text, language: text, createdAt: MOMENT, thread: thread(text) }],
      muted: true,
      mayRescue: true,
      moderation: {
        maySanction: true,
        sanctions: [
          {
            kind: 'ban',
            reason: text,
            at: MOMENT,
            until: MOMENT,
            liftedAt: null,
            holds: true,
            byConsole: false,
            by: text,
          },
          {
            kind: 'silence',
            reason: text,
            at: MOMENT,
            until: null,
            liftedAt: MOMENT,
            holds: false,
            byConsole: false,
            by: null,
          },
        ],
        form: { reason: text, days: text, hours: text, messages: messages(text) },
      },
      older: { cursor: text },
      next: text,
    }),
  bannedPage: (page, text) => bannedPage(page, { reason: text, until: MOMENT }),
  securityPage: (page, text) =>
    securityPage(page, {
      sessions: [true, false].map((current) => ({
        hash: text,
        device: text,
        createdAt: MOMENT,
        seenOn: '2026-03-12',
        current,
      })),
      passwordChanged: MOMENT,
      factor: { switchedOnAt: MOMENT, codesLeft: 3 },
      passkeys: [{ id: 3, name: text, createdAt: MOMENT, lastUsedOn: '2026-03-12' }],
      offersPasskeys: true,
      saved: true,
      messages: messages(text),
    }),
  settingsPage: (page, text) =>
    settingsPage(page, {
      language: text,
      theme: text,
      biography: text,
      listed: text,
      timeZone: text,
      unreadSince: text,
      saved: true,
      messages: messages(text),
    }),
}
