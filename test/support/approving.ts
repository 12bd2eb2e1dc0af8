import type { Test } from 'tap'
import { startForum, type TestForum } from './forum.ts'
import type { Person } from './person.ts'

/** A forum where a member's first posts wait for a moderator, and its admin. */
export async function approving(t: Test, first = '2'): Promise<TestForum & { admin: Person }> {
  const forum = await startForum(t)
  const admin = await forum.member('Hannah', 'admin')
  await admin.post('/admin/settings', { approve_first_posts: first })
  return { ...forum, admin }
}

/** The address of the first case in the queue; empty where there is none. */
export const firstCase = async (moderator: Person): Promise<string> =>
  (await moderator.get('/moderation')).document.querySelector('.cases a')?.getAttribute('href') ?? ''

/** A moderator's posts do not wait. */
export async function threadOfModerator(forum: TestForum): Promise<{ id: number; slug: string }> {
  const moderator = await forum.member('Simone', 'moderator')
  const started = await moderator.post('/threads', { title: 'Relevé de caméras', body: 'Voici.', boards: 'marseille' })
  const [, id = '0', slug = ''] = /threads\/(\d+)\/([^#?]+)/.exec(started.location ?? '') ?? []
  return { id: Number(id), slug }
}
