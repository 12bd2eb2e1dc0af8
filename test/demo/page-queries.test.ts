import t from 'tap'
import { fillWithDemo } from '../support/demo.ts'
import { startForum } from '../support/forum.ts'
import { largestPages } from '../support/largest-pages.ts'
import { allSteps, explain, type PlanStep } from '../support/plans.ts'
import { type Statement, statementsDuring } from '../support/statements.ts'

/** Tables that grow with what people write; the others are as long as the list of boards. */
const GROWING = [
  'posts',
  'post_versions',
  'threads',
  'thread_boards',
  'crossing_threads',
  'members',
  'sessions',
  'reads',
]

/** A list is a walk along an index: for each row that is shown, a few of other tables, and some that are passed over. */
const rowsFor = (shown: number) => 3 * shown + 40

t.test('in a large forum no page reads much more than it shows', async (t) => {
  const forum = await startForum(t)
  await fillWithDemo(forum, { posts: 20_000, threads: 1_000, members: 1_000 })
  const moderator = await forum.member('Zoé', 'moderator')
  const client = await forum.database.$client.connect()
  t.teardown(() => client.release())

  const pages = await largestPages(forum.database.$client)
  const asked = new Map<string, { path: string; statement: Statement }>()
  for (const path of Object.values(pages)) {
    const statements = await statementsDuring(async () => t.equal((await moderator.get(path)).status, 200, path))
    for (const statement of statements) {
      if (/^\s*(select|with)/i.test(statement.text)) asked.set(JSON.stringify(statement), { path, statement })
    }
  }
  t.ok(asked.size > 20, `${asked.size} different queries`)

  for (const { path, statement } of asked.values()) {
    for (const planning of ['force_custom_plan', 'force_generic_plan'] as const) {
      const { plan } = await explain(client, statement, planning)
      const wrong = allSteps(plan).flatMap((step) => complaint(step, plan))
      t.same(wrong, [], `${path}, ${planning}: ${statement.name || statement.text.slice(0, 60)}`)
    }
  }
})

/** What is wrong with a step of a query that answers so many rows. */
function complaint({ kind, table, rows, removed }: PlanStep, { rows: shown }: PlanStep): string[] {
  if (!table || !GROWING.includes(table))
    return /Sort/.test(kind) && rows > rowsFor(shown) ? [`sorts ${rows} rows to show ${shown}`] : []
  return rows + removed > rowsFor(shown) ? [`${kind}: reads ${rows + removed} rows of ${table} to show ${shown}`] : []
}
