import { LONGEST_REASON, LONGEST_STATEMENT } from '../../src/limits.ts'
import { memberPath, postPath, type ThreadAddress } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import type { MessageKey } from '../../src/platform/text/i18n/translate.ts'
import type { ActKind, CaseKind, CaseReason, Decision, FlagReason, SANCTIONS } from '../../src/schema/enums.ts'
import type { MemberName } from '../../src/schema/members.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { textArea } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberLink, memberName } from '../parts/member-link.ts'
import { type PostView, postArticle, type RemovedWords } from '../parts/post.ts'
import { time } from '../parts/time.ts'

export interface CaseView {
  id: number
  kind: CaseKind
  openedAt: Date
  /** Notices are deleted after a while, but still counted. */
  flagCount: number
  /** Why the forum itself opened the case. */
  reasons: readonly CaseReason[] | null
  member: string | null
  words: string | null
  /** What an appeal is against. */
  against: (Sanction & { by: MemberName; byConsole: boolean }) | null
  /** Why somebody else decides it; null: the reader may. */
  notTheirs: MessageKey | null
  claimedBy: string | null
  escalatedAt: Date | null
  closedAt: Date | null
  decision: Decision | null
  statement: string | null
  decidedBy: string | null
  post: CasePost | null
  flags: readonly { by: MemberName; reason: FlagReason; note: string; at: Date }[]
  notices: readonly { url: string; reason: FlagReason; explanation: string; at: Date }[]
  notes: readonly { by: MemberName; body: string; at: Date }[]
  log: readonly { kind: ActKind; by: string | null; reason: string | null; at: Date }[]
  history: { sanctions: readonly Sanction[]; cases: readonly FormerCase[] }
}

interface CasePost {
  id: number
  number: number
  author: MemberName
  createdAt: Date
  editCount: number
  deletedAt: Date | null
  heldAt: Date | null
  mayRestore: boolean
  thread: ThreadAddress & { title: string; language: string }
  words: RemovedWords
  before: readonly Around[]
  after: readonly Around[]
}

type Around = PostView & { removed?: RemovedWords | null }

interface Sanction {
  kind: (typeof SANCTIONS)[number]
  reason: string
  at: Date
  until: Date | null
  liftedAt: Date | null
}

interface FormerCase {
  id: number
  kind: CaseKind
  openedAt: Date
  decision: Decision | null
}

export interface CasePage extends CaseView {
  /** Whether the reader is an admin. Only admins erase. */
  administers: boolean
  /** The values that were sent, when a form comes back. */
  typed: { statement: string; body: string }
  messages: FieldMessages
}

/** A case with all that a moderator needs to decide it. */
export function casePage(page: Page, shown: CasePage): Html {
  const { t } = page
  const title = t('cases.case', { id: shown.id })
  return layout(
    page,
    { title, unlisted: true, kind: 'case' },
    html`<header class="head"><p class="about"><a href="/moderation">${t('cases.back')}</a></p>
<h1>${t('cases.case_is', { id: shown.id })} ${t(`cases.kind_${shown.kind}`)}</h1>
<p class="about">${t('cases.opened')} ${time(shown.openedAt, page)}${shown.escalatedAt ? html` <span class="role">${t('cases.escalated')}</span>` : ''}${shown.claimedBy ? html` <span class="role">${t('cases.claimed', { name: shown.claimedBy })}</span>` : ''}</p>
${shown.against ? contested(page, shown.against) : ''}
${shown.closedAt ? decided(page, shown, shown.closedAt) : ''}</header>
${shown.post ? whole(page, shown.post) : ''}
${shown.words ? html`<section><h2>${t('cases.words')}</h2><p class="typed" dir="auto">${shown.words}</p></section>` : ''}
${given(page, shown)}
${shown.closedAt ? '' : deciding(page, shown)}
${notes(page, shown)}
${history(page, shown)}
${log(page, shown)}`,
  )
}

/** What an appeal is against: what was imposed, from when to when, by whom and why. */
function contested(
  page: Page,
  { kind, at, until, liftedAt, by, byConsole, reason }: NonNullable<CasePage['against']>,
): Html {
  const { t } = page
  const endHtml = until ? html`${t('cases.sanction_until')} ${time(until, page)}` : t('moderation.without_end')
  const byHtml = byConsole ? t('moderation.by_console') : html`<bdi>${memberName(page, by)}</bdi>`
  return html`<p class="against">${t('cases.against')} <b>${t(`cases.sanction_${kind}`)}</b>, ${time(at, page)}, ${kind === 'warn' ? '' : html`${endHtml}, `}${t('cases.imposed_by')} ${byHtml}${liftedAt ? html` (${t('cases.sanction_ended')})` : ''}${reason ? html`. ${t('posts.reason')} <q dir="auto">${reason}</q>` : ''}</p>`
}

function decided(page: Page, { id, decision, statement, decidedBy, post }: CasePage, at: Date): Html {
  const { t } = page
  const mayUndo = post?.mayRestore && (decision === 'hide' || decision === 'dismiss')
  return html`<div class="notice"><p>${t('cases.decided')} ${decision ? t(`cases.decision_${decision}`) : ''}${decidedBy ? html` (<bdi>${decidedBy}</bdi>)` : ''} ${time(at, page)}</p>
${statement ? html`<p dir="auto">${t('posts.reason')} <q>${statement}</q></p>` : ''}
${mayUndo ? html`<form method="post" action="/posts/${post.id}/restore"><button data-key="u" data-case="${id}">${t('cases.restore')}</button></form>` : ''}</div>`
}

/** The post, between the posts before and after it. */
function whole(page: Page, post: CasePost): Html {
  const { t } = page
  const { thread, words } = post
  const wordsHtml = words.bodyHtml ?? html`<p>${words.excerpt}</p>`
  const around = (posts: readonly Around[]) =>
    posts.map((one) => postArticle(page, thread, one, { removed: one.removed ?? null }))
  return html`<section class="posts"><h2>${t('cases.post_in', { number: post.number })} <a href="${postPath(thread, post.number)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a></h2>
${post.deletedAt && !post.heldAt ? html`<p class="notice">${t('cases.author_taken_back')}</p>` : ''}
${post.before.length > 0 ? html`<details><summary>${t('cases.what_came_before', { count: post.before.length })}</summary>${around(post.before)}</details>` : ''}
<article class="post judged"><header><h3>${post.number} ${memberLink(page, post.author)}</h3><p class="when">${time(post.createdAt, page)} <a href="/posts/${post.id}/history">${t('posts.versions')}</a></p></header>
<div class="prose" dir="auto"${languageMark(words.language, page)}>${wordsHtml}</div></article>
${post.after.length > 0 ? html`<details><summary>${t('cases.what_came_after', { count: post.after.length })}</summary>${around(post.after)}</details>` : ''}</section>`
}

/** The flags and notices of the case. */
function given(page: Page, { kind, flagCount, flags, notices, reasons }: CasePage): Html {
  const { t } = page
  const nobody = kind === 'flagged' && flagCount === 0
  const reasonsHtml = html`<section class="notice">${nobody ? html`<p>${t('cases.nobody_flagged')}</p>` : ''}<ul class="lines">${(reasons ?? []).map((reason) => html`<li data-reason="${reason}">${t(`cases.reason_${reason}`)}</li>`)}</ul></section>`
  const flagsHtml = html`<section><h2>${t('cases.flags')}</h2><ul class="lines">${flags.map(
    ({ by, reason, note, at }) =>
      html`<li><b>${t(`flags.${reason}`)}</b> <bdi>${memberName(page, by)}</bdi> ${time(at, page)}${note ? html`<p class="typed" dir="auto">${note}</p>` : ''}</li>`,
  )}</ul></section>`
  const noticesHtml = html`<section><h2>${t('cases.notices')}</h2><p class="about">${t('cases.sender_sealed')}</p><ul class="lines">${notices.map(
    ({ url, reason, explanation, at }) =>
      html`<li><b>${t(`flags.${reason}`)}</b> ${time(at, page)}<p class="typed" dir="auto">${url}</p><p class="typed" dir="auto">${explanation}</p></li>`,
  )}</ul></section>`
  return html`${reasons ? reasonsHtml : ''}${flags.length > 0 ? flagsHtml : ''}${notices.length > 0 ? noticesHtml : ''}`
}

/** The decisions of each kind of case, with their keys and labels. A decision that cannot be undone has no key. */
const CHOICES: Record<CaseKind, readonly [Decision, key: string, label: Label][]> = {
  flagged: [
    ['dismiss', 'd', 'do_dismiss'],
    ['hide', 'h', 'do_hide'],
  ],
  held: [
    ['approve', 'a', 'do_approve'],
    ['hide', 'h', 'do_refuse'],
  ],
  appeal: [
    ['approve', 'a', 'do_grant'],
    ['dismiss', 'd', 'do_keep'],
  ],
  member: [
    ['approve', 'a', 'do_admit'],
    ['dismiss', 'd', 'do_turn_away'],
  ],
}

type Label = `do_${Decision | 'refuse' | 'grant' | 'keep' | 'admit' | 'turn_away'}`

function deciding(page: Page, shown: CasePage): Html {
  const { t } = page
  if (shown.notTheirs) {
    return html`<section id="decide"><h2>${t('cases.decide')}</h2><p class="notice">${t(shown.notTheirs)}</p></section>`
  }
  const { id, kind, post, administers, escalatedAt, typed, messages } = shown
  const choices = CHOICES[kind].filter(([decision]) => decision !== 'hide' || post !== null)
  const all: [Decision, string, Label][] = [
    ...choices,
    ...(escalatedAt || administers ? [] : ([['escalate', 'e', 'do_escalate']] as [Decision, string, Label][])),
    ...(administers && post ? ([['remove', '', 'do_remove']] as [Decision, string, Label][]) : []),
  ]
  const claimed = shown.claimedBy === page.viewer?.username
  return html`<section id="decide"><h2>${t('cases.decide')}</h2>
${claimed ? '' : html`<form method="post" action="/moderation/cases/${id}/claim"><button data-key="c">${t(shown.claimedBy ? 'cases.take_over' : 'cases.claim')}</button></form>`}
${formProblems(page, messages, ['statement', 'body'])}
<form method="post" action="/moderation/cases/${id}" class="sheet">
${post ? html`<input type="hidden" name="version" value="${post.editCount}">` : ''}
${textArea({ name: 'statement', label: t('cases.statement'), hint: t(kind === 'flagged' ? 'cases.statement_hint' : 'moderation.reason_hint'), value: typed.statement, longest: LONGEST_STATEMENT, problem: messages.statement })}
<p class="buttons">${all.map(([decision, key, label]) => html`<button name="decision" value="${decision}"${key ? html` data-key="${key}"` : ''}>${t(`cases.${label}`)}</button> `)}</p>
</form></section>`
}

function notes(page: Page, { id, notes: written, typed, messages }: CasePage): Html {
  const { t } = page
  return html`<section id="notes"><h2>${t('cases.notes')}</h2>
${written.length === 0 ? html`<p class="empty">${t('cases.no_notes')}</p>` : html`<ul class="lines">${written.map(({ by, body, at }) => html`<li><b><bdi>${memberName(page, by)}</bdi></b> ${time(at, page)}<p class="typed" dir="auto">${body}</p></li>`)}</ul>`}
<form method="post" action="/moderation/cases/${id}/notes" class="sheet">
${textArea({ name: 'body', label: t('cases.note'), value: typed.body, longest: LONGEST_REASON, rows: 2, problem: messages.body })}
<p><button>${t('cases.add_note')}</button></p></form></section>`
}

function history(page: Page, { member, history: { sanctions, cases } }: CasePage): Html {
  if (member === null) return html``
  const { t } = page
  const nothing = sanctions.length + cases.length === 0
  return html`<section><h2>${t('cases.history', { name: '' })}<a href="${memberPath(member)}"><bdi>${member}</bdi></a></h2>
${nothing ? html`<p class="empty">${t('cases.no_history')}</p>` : ''}
<ul class="lines">${sanctions.map(
    ({ kind, reason, at, until, liftedAt }) =>
      html`<li><b>${t(`cases.sanction_${kind}`)}</b> <span class="when">${time(at, page)}${until ? html`, ${t('cases.sanction_until')} ${time(until, page)}` : ''}${liftedAt ? html` (${t('cases.sanction_ended')})` : ''}</span> <q dir="auto">${reason}</q></li>`,
  )}${cases.map(
    ({ id, kind, openedAt, decision }) =>
      html`<li><a href="/moderation/cases/${id}">${t('cases.case_is', { id })} ${t(`cases.kind_${kind}`)}</a> ${time(openedAt, page)} ${decision ? t(`cases.decision_${decision}`) : t('cases.open')}</li>`,
  )}</ul></section>`
}

/** Acts that have words of their own in the log of a case. */
const NAMED = [
  ...(['hide', 'show', 'erase', 'approve', 'dismiss', 'escalate'] as const),
  ...(['answer_appeal', 'approve_member', 'refuse_member'] as const),
]

function log(page: Page, { log: done }: CasePage): Html {
  const { t } = page
  const nameOf = (kind: ActKind) => {
    const named = NAMED.find((one) => one === kind)
    return t(named ? `cases.act_${named}` : `acts.${kind}`)
  }
  return html`<section><h2>${t('cases.log')}</h2>
${done.length === 0 ? html`<p class="empty">${t('cases.nothing_done')}</p>` : html`<ul class="lines">${done.map(({ kind, by, reason, at }) => html`<li><b>${nameOf(kind)}</b> ${by ? html`<bdi>${by}</bdi>` : ''} ${time(at, page)}${reason ? html` <q dir="auto">${reason}</q>` : ''}</li>`)}</ul>`}</section>`
}
