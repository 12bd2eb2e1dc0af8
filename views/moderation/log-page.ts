import { boardPath, postPath, threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { type Worded, worded } from '../../src/platform/text/i18n/worded.ts'
import { ACT_KINDS, type ActKind } from '../../src/schema/enums.ts'
import type { MemberName } from '../../src/schema/members.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import type { LinkedBoard } from '../parts/board-links.ts'
import { field, fieldAttributes, textField } from '../parts/field.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberLink } from '../parts/member-link.ts'
import { olderLink } from '../parts/older-link.ts'
import { time } from '../parts/time.ts'
import { changedValues } from './changed-values.ts'

export interface ShownAct {
  id: number
  kind: ActKind
  at: Date
  /** Null for the command line or the forum itself. */
  by: MemberName
  /** Whether it came from the command line. */
  byConsole: boolean
  member: MemberName
  /** Whether it concerns a member. */
  hasMember: boolean
  thread: { id: number; slug: string; title: string; language: string } | null
  number: number | null
  board: LinkedBoard | null
  reason: string | null
  /** Values by name; boards by slug. */
  before: Record<string, unknown>
  after: Record<string, unknown>
}

export interface LogPage {
  acts: readonly ShownAct[]
  /** Where older ones begin; null at the end. */
  next: string | null
  /** Names by slug, for the boards in the changes. */
  boards: ReadonlyMap<string, Worded>
  filters: { member: string; thread: string; kind: ActKind | '' }
  /** Whether the reader may undo changes of settings and boards. */
  mayUndo: boolean
}

/** The moderation log, newest first. */
export function logPage(page: Page, { acts, next, boards, filters, mayUndo }: LogPage): Html {
  const { t } = page
  const { member, thread, kind } = filters
  const query = { ...(member && { member }), ...(thread && { thread }), ...(kind && { kind }) }
  return layout(
    page,
    { title: t('moderation.log'), unlisted: true },
    html`<h1>${t('moderation.log')}</h1>
<p class="lead">${t('moderation.log_lead')}</p>
<form method="get" action="/moderation/log" class="sheet">
${textField({ name: 'member', label: t('moderation.filter_member'), value: member, verbatim: true })}
${textField({ name: 'thread', label: t('moderation.filter_thread'), value: thread, verbatim: true })}
${kindField(page, kind)}
<p class="buttons"><button>${t('moderation.filter')}</button></p>
</form>
${acts.length === 0 ? html`<p class="empty">${t('moderation.log_empty')}</p>` : ''}
<ol class="log" role="list">${acts.map((act) => html`<li data-act="${act.kind}">${actLine(page, act, boards)}${mayUndo ? undoForm(page, act) : ''}</li>`)}</ol>
${olderLink(page, '/moderation/log', query, next)}`,
  )
}

function undoForm({ t }: Page, act: ShownAct): Html {
  const action = undoneAt(act)
  if (action === null) return html``
  return html`<form method="post" action="${action}"><input type="hidden" name="act" value="${act.id}"><button class="quiet">${t('moderation.undo')}</button></form>`
}

/** The address at which an act is undone; null when it cannot be. */
function undoneAt({ kind, board }: ShownAct): string | null {
  if (kind === 'settings') return '/admin/settings/undo'
  const isOfBoard = kind === 'board_change' || kind === 'board_archive' || kind === 'board_unarchive'
  return isOfBoard && board ? `/admin/boards/${board.slug}/undo` : null
}

function kindField({ t }: Page, chosen: ActKind | ''): Html {
  const shown = { name: 'kind', label: t('moderation.filter_kind') }
  return field(
    shown,
    html`<select ${fieldAttributes(shown)}><option value="">${t('moderation.any_kind')}</option>${ACT_KINDS.map(
      (kind) => html`<option value="${kind}"${kind === chosen ? ' selected' : ''}>${t(`acts.${kind}`)}</option>`,
    )}</select>`,
  )
}

/** One act: what, to whom, when, by whom, why, and what changed. */
function actLine(
  page: Page,
  { kind, at, by, byConsole, member, hasMember, thread, number, board, reason, before, after }: ShownAct,
  boards: ReadonlyMap<string, Worded>,
): Html {
  const { t, language } = page
  // The link to the thread already shows the number.
  const changed = { kind, before, after: number === null ? after : { ...after, number: null } }
  const whereHtml = thread
    ? html`<a href="${number === null ? threadPath(thread) : postPath(thread, number)}" dir="auto"${languageMark(thread.language, page)}>${thread.title}</a>${number === null ? '' : html`, ${t('moderation.about_post', { number })}`}`
    : html``
  const concerned = [
    ...(thread ? [whereHtml] : []),
    ...(hasMember ? [memberLink(page, member)] : []),
    ...(board ? [html`<a href="${boardPath(board)}">${worded(board.name, language)}</a>`] : []),
  ]
  return html`<p><strong>${t(`acts.${kind}`)}</strong>${concerned.map((one) => html` · ${one}`)}</p>
<p class="about">${time(at, page)} ${byConsole ? t('moderation.by_console') : memberLink(page, by)}</p>
${reason ? html`<p class="reason"><q dir="auto">${reason}</q></p>` : ''}
${changedValues(page, changed, boards)}`
}
