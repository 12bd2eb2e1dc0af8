import { dataPage, exportPage, leftPage } from '../../../views/settings/data-page.ts'
import { emailSettingsPage } from '../../../views/settings/email-settings-page.ts'
import { askResetPage, confirmedPage, confirmPage, resetPage } from '../../../views/settings/link-page.ts'
import { recoveryCodesPage } from '../../../views/settings/recovery-codes-page.ts'
import { secondFactorOnPage, secondFactorPage } from '../../../views/settings/second-factor-page.ts'
import { tokensPage } from '../../../views/settings/tokens-page.ts'
import { webhookPage } from '../../../views/settings/webhook-page.ts'
import { webhooksPage } from '../../../views/settings/webhooks-page.ts'
import { board, MOMENT, messages, type Pages, TRUSTED_HTML, thread } from './samples.ts'

export const SETTINGS_PAGES: Pages = {
  secondFactorPage: (page, text) =>
    secondFactorPage(page, {
      secret: text,
      address: `otpauth://totp/${encodeURIComponent(text)}`,
      pictureHtml: TRUSTED_HTML,
      asksPassword: true,
      messages: messages(text),
    }),
  secondFactorOnPage: (page, text) =>
    secondFactorOnPage(page, { switchedOnAt: MOMENT, codesLeft: 3, messages: messages(text) }),
  recoveryCodesPage: (page, text) => recoveryCodesPage(page, [text]),
  dataPage: (page, text) =>
    dataPage(page, {
      archive: { state: 'ready', size: 300_000, until: MOMENT },
      daysKept: 7,
      daysToComeBack: 14,
      asksPassword: true,
      settings: text,
      posts: 'keep',
      messages: { ...messages(text), settings: text, posts: text, export_password: text },
    }),
  exportPage: (page) => exportPage(page, 'asked'),
  leftPage: (page) => leftPage(page, 14),
  webhooksPage: (page, text) =>
    webhooksPage(page, {
      webhooks: [webhook(text)],
      cities: [board('city', text)],
      technologies: [board('technology', text)],
      offered: ['thread', 'flag'],
      secret: text,
      typed: { url: text, events: ['thread', text], city: text, technology: text },
      messages: { ...messages(text), url: text, events: text, city: text, technology: text },
    }),
  webhookPage: (page, text) =>
    webhookPage(page, {
      webhook: webhook(text),
      deliveries: [
        {
          id: 3,
          type: text,
          number: 2,
          happenedAt: MOMENT,
          state: 'dropped',
          tries: 8,
          nextTryAt: MOMENT,
          lastTriedAt: MOMENT,
          status: null,
          problem: 'too_slow',
          thread: thread(text),
        },
      ],
      next: text,
    }),
  emailSettingsPage: (page, text) =>
    emailSettingsPage(page, {
      address: text,
      pending: text,
      paused: true,
      rhythm: text,
      weekday: text,
      hour: text,
      timeZone: text,
      notifyByMail: true,
      notice: text,
      typed: text,
      push: { key: text, browsers: [{ id: 3, device: text, createdAt: MOMENT }] },
      messages: messages(text),
    }),
  confirmPage: (page, text) => confirmPage(page, { token: text, name: text, address: text, messages: messages(text) }),
  confirmedPage: (page, text) => confirmedPage(page, { name: text, address: text }),
  askResetPage: (page, text) => askResetPage(page, { email: text, sent: true, messages: messages(text) }),
  resetPage: (page, text) => resetPage(page, { token: text, name: text, messages: messages(text) }),
  tokensPage: (page, text) =>
    tokensPage(page, {
      tokens: [{ id: 3, name: text, scopes: ['read'], expiresOn: '2027-01-01', lastUsedOn: '2026-12-01' }],
      made: text,
      name: text,
      scopes: ['write'],
      expiresOn: text,
      revoked: true,
      messages: messages(text),
    }),
}

const webhook = (text: string) => ({
  id: 2,
  url: text,
  events: ['thread', 'deletion'] as const,
  place: [board('city', text), board('technology', text)],
  failingSince: MOMENT,
  offAt: MOMENT,
})
