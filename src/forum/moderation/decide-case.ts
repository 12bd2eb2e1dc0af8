import { and, eq, isNull } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { inTransaction } from '../../platform/database/in-transaction.ts'
import { conflict, invalidField, notAllowed } from '../../platform/problem.ts'
import { isSeen } from '../../platform/text/markdown/is-seen.ts'
import type { ActKind, CaseKind, Decision } from '../../schema/enums.ts'
import { cases } from '../../schema/moderation.ts'
import { posts } from '../../schema/posts.ts'
import { boardCatalogue, type Catalogue } from '../boards/catalogue.ts'
import { approveHeld, readyToApprove } from '../discussion/approve-post.ts'
import { keepOutOfSight, takeOutOfSight } from '../discussion/delete-post.ts'
import { eraseWords } from '../discussion/erase-post.ts'
import { type PostInThread, postById } from '../discussion/post-in-thread.ts'
import { type Announce, casesEvent } from '../events.ts'
import type { Forum } from '../forum.ts'
import { type Actor, mayAdminister } from '../members/permissions.ts'
import { actOnMember } from './act-on-member.ts'
import { type Case, closedBy, findCase, findOpenCase, mustBeTheirs } from './find-case.ts'
import { tellSenders } from './notices/tell-senders.ts'
import { recordAct } from './record-act.ts'
import { tellFlaggers } from './tell-flaggers.ts'

/** The possible decisions of each kind of case. */
const DECISIONS: Record<CaseKind, readonly Decision[]> = {
  flagged: ['dismiss', 'hide', 'remove', 'escalate'],
  held: ['approve', 'hide', 'remove', 'escalate'],
  appeal: ['approve', 'dismiss', 'escalate'],
  member: ['approve', 'dismiss', 'escalate'],
}

export interface Deciding {
  id: number
  by: Actor
  decision: Decision
  /** The reasons, for the people concerned. */
  statement: string
  /** The version of the post that the moderator has read; undefined for any. */
  version?: number | undefined
}

/** A decision with its case and what the case is about. */
interface Decided extends Deciding {
  found: Case
  post: PostInThread | null
  reason: string | null
}

/**
 * Decides a case in one transaction: acts, logs the act and tells the people concerned. A case that is left to admins
 * stays open.
 * @throws Problem 404; 403 when the moderator may not decide it; 409 when somebody else has decided it; 422 for a
 * decision that this case does not allow, and for a deletion without reasons.
 */
export async function decideCase(forum: Forum, deciding: Deciding): Promise<void> {
  const { id, by, decision, version } = deciding
  const found = await findOpenCase(forum.database, id)
  const statement = deciding.statement.trim()
  mustFit(found, decision, isSeen(statement))
  if (decision === 'remove' && !mayAdminister(by)) throw notAllowed('cases.for_admins')
  const post = found.postId === null ? null : await postById(forum.database, found.postId)
  if (post && version !== undefined && version !== post.editCount) throw conflict('cases.edited_meanwhile')
  const decided: Decided = { ...deciding, found, post, reason: isSeen(statement) ? statement : null }
  const catalogue = await boardCatalogue(forum)
  const ready = post && found.kind === 'held' && decision === 'approve' ? await readyToApprove(forum, post.id) : null
  await inTransaction(forum, async (transaction, announce) => {
    await mustBeTheirs(transaction, by, found)
    // Locks the post before the case, as flagging and withdrawing do, so that they cannot deadlock.
    if (post) await mustBeAsRead(transaction, post)
    await writeDecision(forum, transaction, decided)
    // Removing the post logs itself.
    await actOnMember(forum, transaction, announce, decided)
    if (ready) await approveHeld(forum, transaction, announce, ready, { by: by.id, reason: decided.reason, caseId: id })
    const isLogged =
      ready !== null ||
      (post !== null && (await takeAway(forum, transaction, announce, catalogue, { ...decided, post })))
    if (!isLogged) await recordAct(transaction, actOf(decided))
    if (decision !== 'escalate') await tellConcerned(forum, transaction, announce, decided)
    await announce(casesEvent)
  })
}

/** Locks a post until the commit. @throws Problem 409 when it was edited or moved since it was read. */
async function mustBeAsRead(transaction: Transaction, { id, number, thread, editCount }: PostInThread): Promise<void> {
  const [held] = await transaction
    .select({ thread: posts.threadId, number: posts.number, editCount: posts.editCount })
    .from(posts)
    .where(eq(posts.id, id))
    .for('no key update')
  const isSame = held?.thread === thread.id && held.number === number && held.editCount === editCount
  if (!isSame) throw conflict('cases.edited_meanwhile')
}

/** Hides or erases the post. Answers false when it was gone already. */
async function takeAway(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  catalogue: Catalogue,
  { id, by, decision, post, reason }: Decided & { post: PostInThread },
): Promise<boolean> {
  const taken = { catalogue, post, by: by.id, reason, caseId: id }
  if (decision === 'remove') return eraseWords(forum, transaction, announce, taken)
  if (decision !== 'hide') return false
  const isHidden = await takeOutOfSight(forum, transaction, announce, taken)
  return isHidden || keepOutOfSight(forum, transaction, announce, taken)
}

function mustFit(found: Case, decision: Decision, hasReasons: boolean): void {
  const acts = decision === 'hide' || decision === 'remove'
  if (!DECISIONS[found.kind].includes(decision)) throw invalidField('decision', 'cases.not_for_this')
  if (acts && found.postId === null) throw invalidField('decision', 'cases.no_post')
  if ((decision === 'remove' || found.kind === 'appeal') && decision !== 'escalate' && !hasReasons) {
    throw invalidField('statement', 'cases.needs_statement')
  }
}

/** @throws Problem 409 when somebody else was faster. */
async function writeDecision(
  { database }: Forum,
  transaction: Transaction,
  { id, by, decision, reason }: Decided,
): Promise<void> {
  const set =
    decision === 'escalate'
      ? { escalatedAt: new Date(), claimedBy: null, claimedAt: null }
      : { closedAt: new Date(), decision, statement: reason, decidedBy: by.id }
  const written = await transaction
    .update(cases)
    .set(set)
    .where(and(eq(cases.id, id), isNull(cases.closedAt)))
    .returning({ id: cases.id })
  if (written.length === 0) throw closedBy(await findCase(database, id))
}

function actOf({ id, by, decision, found, post, reason }: Decided) {
  return {
    kind: actKind(found.kind, decision),
    by: by.id,
    caseId: id,
    reason,
    ...(post ? { post: post.id, thread: post.thread.id } : {}),
    ...(found.memberId === null ? {} : { member: found.memberId }),
  }
}

function actKind(kind: CaseKind, decision: Decision): ActKind {
  if (decision === 'escalate') return 'escalate'
  if (kind === 'appeal') return 'answer_appeal'
  if (kind === 'member') return decision === 'approve' ? 'approve_member' : 'refuse_member'
  return decision === 'remove' ? 'erase' : decision
}

async function tellConcerned(
  forum: Forum,
  transaction: Transaction,
  announce: Announce,
  { found, post }: Decided,
): Promise<void> {
  if (found.kind !== 'flagged') return
  await tellSenders(forum, transaction, found.id)
  if (post) await tellFlaggers(forum, transaction, announce, found.id, post)
}
