import pg from 'pg'
import { boardCatalogue } from '../forum/boards/catalogue.ts'
import { seedBoards } from '../forum/boards/seed-boards.ts'
import { mentionOf, numbersIn } from '../forum/discussion/render-body.ts'
import { beginRendering } from '../forum/discussion/render-old-posts.ts'
import type { Forum } from '../forum/forum.ts'
import { fillSearch } from '../forum/search/fill-search.ts'
import { beginIndexing } from '../forum/search/index-old-posts.ts'
import { OperatorError } from '../platform/process/operator-error.ts'
import { isLanguage } from '../platform/text/i18n/languages.ts'
import { type Body, composeBody } from './bodies.ts'
import { planForum, type Size } from './plan.ts'
import { type Random, randomFrom } from './random.ts'
import { type DemoMember, writeMembers } from './write-members.ts'
import { NO_THREAD, type Template, writePosts } from './write-posts.ts'
import { totalsOf, writeThreads } from './write-threads.ts'

export interface Demo extends Size {
  seed: number
  /** The moment up to which the forum has been alive. */
  until: Date
  /** Also where there are threads of real people already. */
  force: boolean
  say: (line: string) => void
}

/** More than anybody writes to try a forum out: somebody may care for what is there. */
const THREADS_OF_A_REAL_FORUM = 100
const MOST_TEMPLATES = 3_000
/** No more than are rendered at a time: those that had to wait would be given up on a machine with too much to do. */
const TOGETHER = 2
/** One post in so many has been deleted, if no thread begins with it: a thread without any post that stands is in no list. */
const DELETED_EVERY = 97

/**
 * Fills a forum, whose boards are made where there are none, with made-up members, threads and posts; what is there
 * already stays.
 * @throws OperatorError when the forum looks like a real one.
 */
export async function fillForum(forum: Forum, databaseUrl: string, demo: Demo): Promise<void> {
  // Without the pool's limit on how long a statement may take.
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'contrechamp demo' })
  await client.connect()
  try {
    if (!demo.force) await refuseRealForum(client)
    await seedBoards(forum.database)
    // What is written here is as today's renderer makes it and as search finds it, and need not be gone through at the next start.
    await beginRendering(forum)
    await beginIndexing(forum)
    await fill(forum, client, demo)
  } finally {
    await client.end()
  }
}

async function fill(forum: Forum, client: pg.Client, { seed, until, say, ...size }: Demo): Promise<void> {
  const random = randomFrom(seed)
  const plan = planForum(random, size, until.getTime())
  const isDeleted = (place: number) => place % DELETED_EVERY === DELETED_EVERY - 1 && plan.numberOf[place] !== 1
  say(`Planned ${size.posts} posts in ${size.threads} threads.`)

  await client.query('begin')
  const members = await writeMembers(client, random, size.members, new Date(plan.starts[0] ?? 0))
  say(`Made ${members.length} members.`)
  const templates = await renderTemplates(forum, random, Math.min(MOST_TEMPLATES, Math.ceil(size.posts / 40)), members)
  say(`Rendered ${templates.length} bodies.`)
  const openings = Array.from(plan.starts, () => random.pick(templates))
  const firstThread = await nextId(client, 'threads')
  const firstPost = await nextId(client, 'posts')
  const catalogue = await boardCatalogue(forum)
  const totals = totalsOf(plan, isDeleted)
  await writeThreads(client, random, plan, totals, { members, openings, catalogue, firstId: firstThread })
  say(`Wrote ${size.threads} threads.`)
  const progress = (written: number) => say(`Wrote ${written} posts.`)
  const written = { members, templates, openings, firstThread, firstId: firstPost, isDeleted, progress }
  await writePosts(client, random, plan, written)
  for (const table of ['members', 'threads', 'posts']) {
    await client.query(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`)
  }
  await fillSearch(client, templates, firstPost)
  await client.query('commit')
  say(`Wrote ${size.posts} posts.`)
  await client.query('vacuum analyze')
}

async function refuseRealForum(client: pg.Client): Promise<void> {
  const { rows } = await client.query('select id from threads limit $1', [THREADS_OF_A_REAL_FORUM])
  if (rows.length < THREADS_OF_A_REAL_FORUM) return
  throw new OperatorError(
    'This forum has threads already, and made-up ones cannot be taken out again: use --force, or another DATA_DIR.',
  )
}

async function nextId(client: pg.Client, table: string): Promise<number> {
  const { rows } = await client.query(`select coalesce(max(id), 0) + 1 as next from ${table}`)
  return rows[0]?.next ?? 1
}

/** Each body is rendered as if it were being posted, once. */
async function renderTemplates(
  forum: Forum,
  random: Random,
  count: number,
  members: readonly DemoMember[],
): Promise<Template[]> {
  const mentionable = members.slice(0, 40).map(({ username }) => username)
  const mentions = Object.fromEntries(mentionable.map((name) => [name, mentionOf(name)]))
  const bodies = Array.from({ length: count }, () => composeBody(random, mentionable))
  const templates: Template[] = []
  for (let place = 0; place < bodies.length; place += TOGETHER) {
    templates.push(...(await Promise.all(bodies.slice(place, place + TOGETHER).map(render))))
  }
  return templates

  async function render({ language, text }: Body): Promise<Template> {
    if (!isLanguage(language)) throw new Error(`No such language: ${language}`)
    const numbers = numbersIn({ id: NO_THREAD, lastNumber: 1 })
    return { text, ...(await forum.markdown.render({ body: text, language, mentions, numbers })) }
  }
}
