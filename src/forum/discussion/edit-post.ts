import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { conflict, invalidFields, notAllowed, notFound } from '../../platform/problem.ts'
import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { HTML_VERSION } from '../../platform/text/markdown/markdown.ts'
import type { CaseReason } from '../../schema/enums.ts'
import { posts, postVersions } from '../../schema/posts.ts'
import { type Announce, heldEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayEdit, mayWrite, whyNotWrite } from '../members/permissions.ts'
import { mustStillWrite } from '../members/still-writes.ts'
import { runSteps } from '../step.ts'
import { announceChange } from './announce-change.ts'
import { findPost } from './find-post.ts'
import { checkPublished, whyItWaits } from './hold-post.ts'
import { mustKeepTo, newcomerLimits } from './newcomers.ts'
import { type PostWithWords, postWithWords } from './post-in-thread.ts'
import { type RenderedBody, renderBody } from './render-body.ts'
import { retitleThread } from './retitle-thread.ts'
import { writing } from './text-owner.ts'
import { cleanTitle, titleProblem } from './title.ts'

const EDITS = { action: 'edit', most: 30, seconds: 300 }

export interface Edit {
  post: number
  member: Actor & { language: Language }
  body: string
  /** The thread's title, for the first post. */
  title?: string | undefined
  /** The code of its language; empty to guess it; undefined to keep it. */
  language?: string | undefined
  /** How often the post was edited before this edit began. */
  version?: number | undefined
}

/** The post that a member is about to edit. @throws Problem 404, or 403 when they may not edit it. */
export async function editablePost(forum: Forum, id: number, member: Actor): Promise<PostWithWords> {
  const post = await findPost(forum, id, member)
  if (!mayWrite(member)) throw notAllowed(whyNotWrite(member))
  if (!mayEdit(member, post)) throw notAllowed('posts.not_yours')
  const found = post.deletedAt === null ? post : await postWithWords(forum.database, id)
  if (!found) throw notFound('posts.not_found')
  return found
}

/**
 * Writes a new version of a post and keeps the old one. An unchanged text writes nothing. If a check would have held the
 * text as a new post, moderators are told.
 * @throws Problem 403, 404, 422 or 429 as `editablePost` and `renderBody`; 409 when it was edited meanwhile; 429 for
 * editing too often.
 */
export async function editPost(forum: Forum, edit: Edit): Promise<PostWithWords> {
  await takeAttempt(forum, EDITS, String(edit.member.id))
  const post = await editablePost(forum, edit.post, edit.member)
  const version = edit.version ?? post.editCount
  const body = edit.body.trimEnd()
  const retitled = post.number === 1 && edit.title !== undefined
  const typed = retitled ? cleanTitle(edit.title ?? '', post.thread.language) : post.thread.title
  const problem = titleProblem(typed)
  if (problem) throw invalidFields([problem])
  const chosen = edit.language ?? (post.languageChosen ? post.language : '')
  const changed =
    body !== post.body || typed !== post.thread.title || chosen !== (post.languageChosen ? post.language : '')
  if (!changed) return post
  if (version !== post.editCount) throw conflict('posts.edited_meanwhile')
  const told = chosen ? { language: chosen } : { language: edit.member.language, guess: true }
  const rendered = await renderBody(forum, { body, ...told, thread: post.thread }, writing(forum, edit.member.id))
  const limits = await newcomerLimits(forum, edit.member, 'body')
  mustKeepTo(limits, rendered)
  const title = retitled ? cleanTitle(edit.title ?? '', rendered.language) : typed
  // Changing only the language makes no new version.
  const rewritten = body !== post.body || title !== post.thread.title
  const author = edit.member
  const { html, excerpt } = rendered
  const publishing = {
    author,
    title: retitled ? title : null,
    body,
    html,
    excerpt,
    isNewcomer: limits !== null,
    id: post.id,
  }
  const reasons = rewritten && !post.heldAt ? await whyItWaits(forum, publishing) : []

  const written = { ...rendered, version, chosen, body: rewritten ? body : null, title, reasons }
  const slug = await inTransaction(forum, (transaction, announce) =>
    writeEdit(forum, transaction, announce, post, written),
  )
  if (slug === null) return savedAlready(forum, edit, { body, title })
  if (rewritten && !post.heldAt && reasons.length === 0) await checkPublished(forum, post, publishing)
  return { ...post, thread: { ...post.thread, title, slug } }
}

interface WrittenEdit extends RenderedBody {
  /** How often the post was edited before. */
  version: number
  /** The language that its author chose; empty to guess. */
  chosen: string
  /** Null when the text has not changed. */
  body: string | null
  title: string
  /** Why moderators are told. */
  reasons: readonly CaseReason[]
}

/** Answers the thread's slug; null when the post was edited, moved or deleted meanwhile. */
async function writeEdit(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  post: PostWithWords,
  { version, chosen, body, title, reasons, html, excerpt, language, mentioned }: WrittenEdit,
): Promise<string | null> {
  await mustStillWrite(transaction, post.authorId)
  const rewritten =
    body === null ? {} : { body, editCount: version + 1, ...(post.heldAt ? {} : { editedAt: sql`now()` }) }
  const written = await transaction
    .update(posts)
    .set({
      bodyHtml: html,
      htmlVersion: HTML_VERSION,
      excerpt,
      language,
      languageChosen: chosen !== '',
      ...rewritten,
    })
    .where(
      and(
        eq(posts.id, post.id),
        // Fails when a moderator has moved it meanwhile. The caller then reads it again.
        eq(posts.threadId, post.thread.id),
        eq(posts.number, post.number),
        eq(posts.editCount, version),
        post.heldAt ? and(isNotNull(posts.heldAt), isNull(posts.deletedBy)) : isNull(posts.deletedAt),
      ),
    )
    .returning({ id: posts.id })
  if (written.length === 0) return null
  // A held post keeps no versions, because nobody may read what its author changed before it was published.
  if (body !== null && !post.heldAt) await keepVersion(transaction, post)
  const slug =
    post.number === 1 ? await retitleThread(transaction, post.thread.id, { title, language }) : post.thread.slug
  if (post.heldAt) {
    await announce(heldEvent(post.thread.id, post.number))
    return slug
  }
  // Locks the thread before anybody is notified. A removal of the thread waits, and then takes these notifications back.
  await announceChange(transaction, announce, post, 'edited', 0)
  const stands = { title, language: post.number === 1 ? language : post.thread.language }
  const retitled = stands.title !== post.thread.title || stands.language !== post.thread.language
  await runSteps(forum.steps.postChanged, transaction, { kind: 'edited', post, mentioned, retitled })
  if (reasons.length > 0) {
    const edited = { id: post.id, author: post.authorId, reasons: ['edited' as const, ...reasons], announce }
    await runSteps(forum.steps.postToCheck, transaction, edited)
  }
  return slug
}

/** Keeps the present text as a former version. */
async function keepVersion(transaction: Transaction, post: PostWithWords): Promise<void> {
  await transaction.insert(postVersions).values({
    postId: post.id,
    version: post.editCount,
    title: post.number === 1 ? post.thread.title : null,
    body: post.body,
    writtenAt: post.editedAt ?? post.createdAt,
  })
}

/** Whether the same text was saved meanwhile: somebody clicked twice, which is no conflict. */
async function savedAlready(
  forum: Forum,
  edit: Edit,
  { body, title }: { body: string; title: string },
): Promise<PostWithWords> {
  const post = await editablePost(forum, edit.post, edit.member)
  if (body !== post.body || title !== post.thread.title) throw conflict('posts.edited_meanwhile')
  return post
}
