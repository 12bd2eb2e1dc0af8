import { and, asc, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { addJob } from '../../platform/jobs/jobs.ts'
import { Problem } from '../../platform/problem.ts'
import { HTML_VERSION } from '../../platform/text/markdown/markdown.ts'
import { members } from '../../schema/members.ts'
import { htmlVersions, posts } from '../../schema/posts.ts'
import { threads } from '../../schema/threads.ts'
import { renderedEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { runSteps } from '../step.ts'
import { renderBody } from './render-body.ts'

/** Posts in one job. Few, so that the job ends soon when the forum stops. */
const POSTS_PER_JOB = 200

/**
 * Queues a job that renders older posts again, once for each version of the renderer. Every process calls this at its
 * start. A chain of jobs that stopped because one failed too often goes on from there. Each night checks it too, because
 * a process may run for months.
 */
export async function beginRendering({ database }: Forum): Promise<void> {
  await database.transaction(async (transaction) => {
    const begun = await transaction
      .insert(htmlVersions)
      .values({ version: HTML_VERSION })
      .onConflictDoNothing()
      .returning({ version: htmlVersions.version })
    const [before] = await transaction.select({ id: posts.id }).from(posts).limit(1)
    if (!before) await done(transaction)
    else if (begun.length > 0) await addJob(transaction, 'render_old_posts')
    else await goOn(transaction)
  })
}

/** Starts an unfinished chain again when none of its jobs waits or runs. */
async function goOn(transaction: Transaction): Promise<void> {
  const [version] = await transaction
    .select({ reached: htmlVersions.reached })
    .from(htmlVersions)
    .where(and(eq(htmlVersions.version, HTML_VERSION), isNull(htmlVersions.doneAt)))
    .for('update')
  if (!version) return
  const { rows } = await transaction.execute(
    sql`select from graphile_worker.jobs
        where task_identifier = 'render_old_posts' and (attempts < max_attempts or locked_at is not null)`,
  )
  if (rows.length === 0) await addJob(transaction, 'render_old_posts', { after: version.reached })
}

const done = (transaction: Transaction) =>
  transaction.update(htmlVersions).set({ doneAt: sql`now()` }).where(eq(htmlVersions.version, HTML_VERSION))

/**
 * Renders posts of an older renderer again, oldest first, and guesses their language again unless their author chose it.
 * Each batch is a job that queues the next, so that a stop loses nothing. Going by id, the whole pass is one walk of the
 * index.
 */
export async function renderOldPosts(forum: Forum, after: number): Promise<void> {
  const { database } = forum
  const batch = await database
    .select({
      id: posts.id,
      body: posts.body,
      number: posts.number,
      language: posts.language,
      languageChosen: posts.languageChosen,
      writersLanguage: members.language,
      editCount: posts.editCount,
      htmlVersion: posts.htmlVersion,
      thread: { id: threads.id, lastNumber: threads.lastNumber },
    })
    .from(posts)
    .innerJoin(threads, eq(threads.id, posts.threadId))
    .innerJoin(members, eq(members.id, posts.authorId))
    .where(gt(posts.id, after))
    .orderBy(asc(posts.id))
    .limit(POSTS_PER_JOB)
  const old = batch.filter(({ htmlVersion }) => htmlVersion < HTML_VERSION)
  for (const post of old) await renderAgain(forum, post)
  const last = batch.at(-1)
  await inTransaction(forum, async (transaction, announce) => {
    if (old.length > 0) await announce(renderedEvent)
    if (!last) return done(transaction)
    await transaction.update(htmlVersions).set({ reached: last.id }).where(eq(htmlVersions.version, HTML_VERSION))
    await addJob(transaction, 'render_old_posts', { after: last.id })
  })
}

interface OldPost {
  id: number
  number: number
  body: string
  language: string
  languageChosen: boolean
  /** The language of the author's pages. */
  writersLanguage: string
  editCount: number
  thread: { id: number; lastNumber: number }
}

async function renderAgain(forum: Forum, post: OldPost): Promise<void> {
  const { id, body, editCount, thread } = post
  const told = post.languageChosen ? { language: post.language } : { language: post.writersLanguage, guess: true }
  const source = { body, ...told, thread }
  const rendered = await renderBody(forum, source).catch((error: unknown) => {
    // The present renderer refuses this text. It keeps its old HTML.
    if (error instanceof Problem && error.status === 422) return null
    throw error
  })
  const shown = rendered && { bodyHtml: rendered.html, excerpt: rendered.excerpt, language: rendered.language }
  await inTransaction(forum, async (transaction) => {
    const written = await transaction
      .update(posts)
      .set({ htmlVersion: HTML_VERSION, ...shown })
      .where(and(eq(posts.id, id), eq(posts.editCount, editCount), lt(posts.htmlVersion, HTML_VERSION)))
      .returning({ id: posts.id })
    if (written.length === 0 || !shown) return
    if (post.number === 1) {
      await transaction.update(threads).set({ language: shown.language }).where(eq(threads.id, thread.id))
    }
    await runSteps(forum.steps.postRendered, transaction, { id })
  })
}
