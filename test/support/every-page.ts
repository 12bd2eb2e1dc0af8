import { ADMIN_PAGES } from './pages/admin.ts'
import { MEMBERS_PAGES } from './pages/members.ts'
import { MODERATION_PAGES } from './pages/moderation.ts'
import { READING_PAGES } from './pages/reading.ts'
import type { Pages } from './pages/samples.ts'
import { SETTINGS_PAGES } from './pages/settings.ts'
import { THREADS_PAGES } from './pages/threads.ts'

/** Every page of the forum, by the name of its view. */
export const EVERY_PAGE: Pages = {
  ...ADMIN_PAGES,
  ...MEMBERS_PAGES,
  ...MODERATION_PAGES,
  ...READING_PAGES,
  ...SETTINGS_PAGES,
  ...THREADS_PAGES,
}
