import type { BoardForm } from '../../../views/admin/board-fields.ts'
import { boardFormPage } from '../../../views/admin/board-form-page.ts'
import { boardsAdminPage } from '../../../views/admin/boards-admin-page.ts'
import { firstStepsPage } from '../../../views/admin/first-steps-page.ts'
import { forumSettingsPage } from '../../../views/admin/forum-settings-page.ts'
import { jobsAdminPage } from '../../../views/admin/jobs-admin-page.ts'
import { membersAdminPage } from '../../../views/admin/members-admin-page.ts'
import { outboxMailPage } from '../../../views/admin/outbox-mail-page.ts'
import { outboxPage } from '../../../views/admin/outbox-page.ts'
import { rescuePage } from '../../../views/admin/rescue-page.ts'
import { statusPage } from '../../../views/admin/status-page.ts'
import { board, MOMENT, type Pages } from './samples.ts'

export const ADMIN_PAGES: Pages = {
  rescuePage: (page, text) => rescuePage(page, { username: text, link: text }),
  boardsAdminPage: (page, text) =>
    boardsAdminPage(page, {
      boards: [{ ...board('city', text), threadCount: 3, archived: true }],
      form: boardForm(text),
      messages: { slug: text, other: text },
    }),
  boardFormPage: (page, text) =>
    boardFormPage(page, {
      board: { ...board('city', text), threadCount: 3, archived: false },
      form: boardForm(text),
      others: [{ ...board('city', text), threadCount: 3, archived: false }],
      into: text,
      messages: { into: text },
    }),
  membersAdminPage: (page, text) =>
    membersAdminPage(page, {
      members: [
        {
          ...{ id: 3, username: text, role: 'admin', createdAt: MOMENT },
          waitingSince: MOMENT,
          bannedAt: null,
          silencedUntil: null,
        },
      ],
      next: text,
      filters: { q: text, role: 'admin', state: 'banned' },
      messages: { role: text },
    }),
  jobsAdminPage: (page, text) =>
    jobsAdminPage(page, [{ id: '3', task: text, attempts: 3, runAt: MOMENT, problem: text, givenUp: true }]),
  firstStepsPage: (page) =>
    firstStepsPage(page, {
      ...{ name: true, boards: false },
      mail: { toServer: true, test: { state: 'failed', problem: '550', createdAt: MOMENT } },
      backup: { nightly: true, last: MOMENT, isRecent: true },
    }),
  statusPage: (page, text) =>
    statusPage(page, {
      ...{ databaseBytes: 3e7, freeBytes: 4e9, mailsQueued: 3, day: [STATUS_SAMPLE], month: [] },
      connections: { open: 4, idle: 3, awaited: 0, ofAll: 9 },
      jobs: { waiting: 2, failed: 1 },
      totals: { members: 12, threads: 40, posts: 1_200 },
      replicas: [
        { address: text, lag: 2, isUsed: true },
        { address: text, lag: 2_000, isUsed: false },
        { address: text, lag: null, isUsed: false },
      ],
      process: { memoryBytes: 2e8, sockets: 12, kept: { pages: 30, hits: 90, misses: 10 } },
      days: [{ day: '2026-03-11', members: 1, threads: 2, posts: 30, digests: 4 }],
      statements: [{ text, calls: 1_000, mean: 1.25, total: 1_250 }],
    }),
  forumSettingsPage: (page, text) =>
    forumSettingsPage(page, {
      fields: [
        { key: 'name', name: 'name', kind: 'line', value: text, longest: 60 },
        { key: 'welcome', name: 'welcome_fr', kind: 'text', value: text, language: 'fr' },
        { key: 'newcomers_read_only_hours', name: 'hours', kind: 'count', value: text, until: MOMENT },
        { key: 'registration', name: 'registration', kind: 'choice', value: 'open', choices: ['open', 'closed'] },
      ],
      saved: true,
      messages: { name: text, other: text },
    }),
  outboxPage: (page, text) =>
    outboxPage(page, {
      mails: [{ number: 3, subject: text, to: text, writtenAt: MOMENT }],
      next: text,
      toServer: false,
      failed: [{ ...QUEUED_MAIL, to: text, nextTryAt: null, problem: '550' }],
      waiting: [{ ...QUEUED_MAIL, to: text }],
      test: { state: 'queued', problem: null, createdAt: MOMENT },
      address: text,
      messages: {},
    }),
  outboxMailPage: (page, text) =>
    outboxMailPage(page, { number: 3, subject: text, to: text, writtenAt: MOMENT, text, source: text }),
}

const QUEUED_MAIL = {
  ...{ id: 3, createdAt: MOMENT, nextTryAt: MOMENT, tries: 2, problem: null, canBeSent: true },
  kind: 'digest',
} as const
const STATUS_SAMPLE = {
  ...{ takenAt: MOMENT, databaseBytes: 3e7, freeBytes: 4e9, connections: 9 },
  ...{ jobsWaiting: 2, jobsFailed: 1, mailsWaiting: 3 },
}
const boardForm = (text: string): BoardForm => ({
  ...{ kind: 'city', slug: text, name_fr: text, name_en: text, summary_fr: text, summary_en: text },
  ...{ latitude: text, longitude: text, position: text },
})
