import { fillForum } from '../../src/demo/fill-forum.ts'
import type { Size } from '../../src/demo/plan.ts'
import type { Forum } from '../../src/forum/forum.ts'

/** Fills a forum with made-up people, the same in every run. */
export async function fillWithDemo(forum: Forum, size: Size & { seed?: number }): Promise<void> {
  const until = new Date('2026-05-01')
  await fillForum(forum, forum.config.databaseUrl ?? '', { seed: 1, ...size, until, force: false, say: () => {} })
}
