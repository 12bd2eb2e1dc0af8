import { sql } from 'drizzle-orm'
import t from 'tap'
import { moveThread } from '../../src/forum/discussion/move-thread.ts'
import { replyToThread } from '../../src/forum/discussion/reply-to-thread.ts'
import { atOnce } from '../support/at-once.ts'
import { startForum } from '../support/forum.ts'
import { statementsDuring } from '../support/statements.ts'
import { idOf, threadBy } from '../support/threads.ts'

const HERE = ['marseille', 'nice', 'drones']
const THERE = ['angers', 'lyon', 'big-data']
const ROUNDS = 15

t.test('threads moved in opposite directions, with new ones and replies in the same boards', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
  const { thread: one } = await threadBy(forum, 'Zoé', { boards: HERE })
  const { thread: other } = await threadBy(forum, 'Zoé', { boards: THERE })
  const acts = (round: number) => [
    () => moveThread(forum, one.id, round % 2 ? HERE : THERE, { by: author.id, reason: null }),
    () => moveThread(forum, other.id, round % 2 ? THERE : HERE, { by: author.id, reason: null }),
    () => threadBy(forum, 'Zoé', { title: `Sujet ${round}`, boards: [...THERE, ...HERE] }),
    () => replyToThread(forum, { thread: one.id, author, body: `Réponse ${round}` }),
    () => replyToThread(forum, { thread: other.id, author, body: `Réponse ${round}` }),
  ]
  const failures: unknown[] = []

  const statements = await statementsDuring(async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const outcomes = await atOnce<unknown>(5, (index) => acts(round)[index]?.() ?? Promise.reject(index))
      failures.push(...outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : [])))
    }
  })

  t.same(failures, [], 'none fails')
  t.same(
    statements.filter(({ text }) => text === 'rollback'),
    [],
    'and none has to be done again',
  )
  const { rows } = await forum.database.execute(sql`
    select slug from boards
    where thread_count <> (select count(*) from thread_boards where board_id = boards.id)`)
  t.same(rows, [], 'the boards count right')
})
