import { type SQL, sql } from 'drizzle-orm'
import t from 'tap'
import { replyToThread } from '../../../src/forum/discussion/reply-to-thread.ts'
import { startThread } from '../../../src/forum/discussion/start-thread.ts'
import { conditions } from '../../../src/forum/search/conditions.ts'
import { tsqueries } from '../../../src/forum/search/tsquery.ts'
import { understand } from '../../../src/forum/search/understand.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import { CORPUS, QUERIES } from '../../support/search-corpus.ts'
import { idOf } from '../../support/threads.ts'

const SHOWN = 10
const NO_FIELDS = { board: '', author: '', after: '', before: '', in: '', lang: '', has: '', thread: null }

t.test('what people ask for is found, and stands first', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const keys = await write(forum)
  const reader = forum.passerBy()
  const measured = []
  for (const [q, wanted] of QUERIES) {
    const page = await reader.get(`/search?${new URLSearchParams({ q }).toString()}`)
    const links = [...page.document.querySelectorAll('li[data-hit] h3 a')].slice(0, SHOWN)
    const found = links.map((link) => keyOf(link.getAttribute('href') ?? ''))
    const first = found.findIndex((key) => wanted.includes(key))
    const recall = wanted.filter((key) => found.includes(key)).length / wanted.length
    measured.push({ q, recall, rank: first < 0 ? 0 : 1 / (first + 1) })
    if (recall < 1 || first !== 0) t.comment(`${q}: ${wanted.join(', ')} in ${found.join(', ') || 'nothing'}`)
  }
  const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length
  const recall = mean(measured.map((one) => one.recall))
  const rank = mean(measured.map((one) => one.rank))
  t.comment(`${QUERIES.length} queries: recall@${SHOWN} ${recall.toFixed(3)}, MRR ${rank.toFixed(3)}`)
  t.ok(QUERIES.length >= 60)
  t.ok(recall >= 0.95, `recall@${SHOWN} ${recall.toFixed(3)}`)
  t.ok(rank >= 0.85, `MRR ${rank.toFixed(3)}`)

  await t.test('the same posts fit, by the index of words and without it', async (t) => {
    for (const [q] of [...QUERIES, [CORPUS[0]?.posts[0] ?? ''], [`"${CORPUS[1]?.title}" -drone`]]) {
      const understood = await understand(forum, { ...NO_FIELDS, q })
      const queries = await forum.database.transaction((transaction) => tsqueries(transaction, understood))
      const { lookedUp, compared, walked } = conditions({ understood, queries, timeZone: 'Europe/Paris' }, sql`now()`)
      const idsOf = async (condition: SQL) => {
        const query = sql`select id from search_rows where kind = 'post' and ${condition} order by id`
        return (await forum.database.execute<{ id: number }>(query)).rows.map(({ id }) => id)
      }
      t.same(await idsOf(walked), await idsOf(compared ? sql`${lookedUp} and ${compared}` : lookedUp), q)
      const exactly = sql`words @@ ${queries.matching}::tsquery`
      t.same(await idsOf(walked), await idsOf(exactly), `${q}, as a whole`)
    }
  })

  function keyOf(href: string): string {
    const [, thread = '', number = '1'] = /^\/threads\/(\d+)\/[^#]*(?:#post-(\d+))?$/.exec(href) ?? []
    return number === '1' ? `${keys.get(Number(thread))}` : `${keys.get(Number(thread))}#${number}`
  }
})

/** Answers the keys of its threads by their ids. */
async function write(forum: TestForum): Promise<Map<number, string>> {
  const author = { id: await idOf(forum, 'Zoé'), role: 'member' as const, language: 'fr' as const }
  const keys = new Map<number, string>()
  for (const { key, boards, title, posts } of CORPUS) {
    const { thread } = await startThread(forum, { author, title, boards, body: posts[0] ?? '' })
    keys.set(thread.id, key)
    for (const body of posts.slice(1)) await replyToThread(forum, { thread: thread.id, author, body })
  }
  return keys
}
