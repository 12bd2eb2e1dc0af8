import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { conflict, invalidField, notAllowed } from '../../platform/problem.ts'
import { asLanguage } from '../../platform/text/i18n/languages.ts'
import { translator } from '../../platform/text/i18n/translate.ts'
import { posts, postVersions } from '../../schema/posts.ts'
import { boardCatalogue, type Catalogue } from '../boards/catalogue.ts'
import { type Announce, memberEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayErase } from '../members/permissions.ts'
import { runSteps } from '../step.ts'
import { announceChange } from './announce-change.ts'
import { findPost } from './find-post.ts'
import type { PostInThread } from './post-in-thread.ts'
import { retitleThread } from './retitle-thread.ts'
import { settleThread } from './settle-thread.ts'
import type { Moderator } from './steps.ts'

/**
 * Erases a post: its text, its former versions, its words in the search, in notifications and in mails that are not sent
 * yet. Cannot be undone, and its author keeps no copy. Its place stays and says so, to those who could see it. The first
 * post also loses the thread's title.
 * @param reason that the author is told.
 * @throws Problem 404, 403 for everybody but admins, 422 without a reason.
 */
export async function eraseForGood(
  forum: Forum,
  id: number,
  admin: Actor,
  reason: string | null,
): Promise<PostInThread> {
  if (!mayErase(admin)) throw notAllowed()
  const post = await findPost(forum, id, admin)
  if (reason === null) throw invalidField('reason', 'errors.empty')
  if (post.erasedAt) return post
  const catalogue = await boardCatalogue(forum)
  const isDone = await inTransaction(forum, (transaction, announce) =>
    eraseWords(forum, transaction, announce, { catalogue, post, by: admin.id, reason }),
  )
  if (!isDone) throw conflict('cases.edited_meanwhile')
  return post
}

interface Erasure extends Moderator {
  catalogue: Catalogue
  post: PostInThread
}

/**
 * Erases a post within a transaction, without checking rights. Answers false when nothing was left to erase at the place
 * where the post was found.
 */
export async function eraseWords(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  { catalogue, post, ...moderator }: Erasure,
): Promise<boolean> {
  const { id, number, thread } = post
  const here = and(eq(posts.id, id), eq(posts.threadId, thread.id), eq(posts.number, number))
  const [held] = await transaction
    .select({ deletedAt: posts.deletedAt })
    .from(posts)
    .where(and(here, isNull(posts.erasedAt)))
    .for('no key update')
  if (!held) return false
  await transaction
    .update(posts)
    .set({
      ...{ body: '', bodyHtml: '', excerpt: '', requestKey: null },
      deletedAt: sql`coalesce(${posts.deletedAt}, now())`,
      erasedAt: sql`now()`,
      deletedBy: moderator.by,
      deletedReason: moderator.reason,
    })
    .where(eq(posts.id, id))
  await transaction.delete(postVersions).where(eq(postVersions.postId, id))
  if (number === 1) {
    const { language } = thread
    await retitleThread(transaction, thread.id, { title: translator(asLanguage(language))('threads.erased'), language })
  }
  await announceChange(transaction, announce, post, 'deleted', held.deletedAt === null ? -1 : 0)
  await runSteps(forum.steps.postChanged, transaction, { kind: 'erased', post, ...moderator })
  await settleThread(forum, transaction, announce, catalogue, thread.id)
  await announce(memberEvent('notified', post.authorId))
  return true
}
