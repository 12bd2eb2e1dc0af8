import { answerPath } from '../../src/paths.ts'
import type { MailContent } from '../../src/platform/mail/mail.ts'
import { html } from '../../src/platform/text/html.ts'
import { showMoment } from '../../src/platform/text/i18n/formats.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { type Worded, worded } from '../../src/platform/text/i18n/worded.ts'
import { type NotificationLine, placeName, placePath, several } from '../notices/notification-line.ts'
import type { Wording } from '../page.ts'
import { countedUpTo, MOST_NOTIFICATIONS } from '../parts/counted.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberName } from '../parts/member-link.ts'
import { type Letterhead, labelled, mailButton, mailLayout, mailSmall, mailWording } from './mail-layout.ts'
import { wrapped } from './wrapped.ts'

export interface NotificationMail {
  language: Language
  origin: string
  /** All from one thread. */
  lines: readonly NotificationLine[]
  unsubscribe: string
  /** The token of the link that stops all mails about the thread. */
  stopThread: string
  boardOf(id: number): { name: Worded } | undefined
  timeZone: string
}

/** What happened in a thread that concerns a member. Mail programs group all these mails of a thread. */
export function notificationMail(
  letterhead: Letterhead,
  { language, origin, lines, unsubscribe, stopThread, boardOf, timeZone }: NotificationMail,
): MailContent {
  const wording = { ...mailWording(language, letterhead), timeZone }
  const { t } = wording
  const thread = lines[0]?.thread
  const [first] = lines
  const isOfBoard = first?.kind === 'thread' && first.count > 1
  const subject = isOfBoard ? whatHappened(wording, first) : (thread?.title ?? t('notifications.title'))
  const told = lines.map((line) => ({
    about: whatHappened(wording, line),
    excerpt: line.excerpt,
    language: line.excerptLanguage,
    at: showMoment(line.at, language, timeZone),
    address: urlOf(origin, line),
    reply: line.kind === 'thread' || line.kind === 'moderated' ? null : replyUrl(origin, line),
  }))
  const boards = (thread?.boardIds ?? []).flatMap((id) => boardOf(id)?.name ?? []).map((name) => worded(name, language))
  const where = isOfBoard ? '' : boards.join(', ')
  const ignore = `${origin}/unsubscribe/${stopThread}`
  const settings = `${origin}/settings/email`
  const stop = `${origin}/unsubscribe/${unsubscribe}`
  return {
    subject,
    unsubscribe,
    ...(thread ? { conversation: `thread ${thread.id}` } : {}),
    text: [
      [wrapped(subject), ...(where ? [where] : [])].join('\n'),
      ...told.map(({ about, at, excerpt, address, reply }) =>
        [
          wrapped(`${about} · ${at}`),
          ...(excerpt ? [wrapped(excerpt)] : []),
          address,
          ...(reply ? [`${labelled(t, 'mails.reply')} ${reply}`] : []),
        ].join('\n'),
      ),
      ...(isOfBoard ? [] : [`${labelled(t, 'mails.ignore_thread')}\n${ignore}`]),
      `-- \n${wrapped(t('mails.notification_foot'))}\n${t('mails.settings')} ${settings}\n${t('mails.stop')} ${stop}`,
    ].join('\n\n'),
    html: mailLayout(wording, {
      title: subject,
      mainHtml: html`<h2 style="margin:0 0 12px;font-size:18px;" dir="auto"${thread && !isOfBoard ? languageMark(thread.language, wording) : ''}>${subject}</h2>${where ? html`<p style="margin:-8px 0 12px;${mailSmall}"><i>${where}</i></p>` : ''}${told.map(
        ({ about, at, excerpt, language, address, reply }) =>
          html`<p style="margin:0 0 4px;"><b>${about}</b> <span style="${mailSmall}">${at}</span></p>${excerpt ? html`<p style="margin:0;" dir="auto"${languageMark(language, wording)}>${excerpt}</p>` : ''}${mailButton(wording, address, t('mails.read'))}${reply ? html`<p style="margin:-12px 0 16px;${mailSmall}"><a href="${reply}" style="color:inherit;">${t('mails.reply')}</a></p>` : ''}`,
      )}${isOfBoard ? '' : html`<p style="margin:0;${mailSmall}"><a href="${ignore}" style="color:inherit;">${t('mails.ignore_thread')}</a></p>`}`,
      footHtml: html`${t('mails.notification_foot')}<br><a href="${settings}" style="color:inherit;">${t('mails.settings_link')}</a> · <a href="${stop}" style="color:inherit;">${t('mails.stop_link')}</a>`,
    }).toString(),
  }
}

const urlOf = (origin: string, line: NotificationLine): string =>
  line.kind === 'thread' && line.count > 1
    ? `${origin}${placePath(line)}`
    : `${origin}/threads/${line.thread.id}/posts/${line.number}`

const replyUrl = (origin: string, { thread, number }: NotificationLine): string =>
  origin + answerPath(thread, number, 'reply_to')

/** What happened. The place is in the mail's subject. */
function whatHappened(wording: Wording, line: NotificationLine): string {
  const { t } = wording
  const { kind, count, number, author } = line
  if (kind === 'thread' && count > 1) return `${several(wording, line)} ${placeName(wording, line)}`
  if (kind === 'thread') return t('mails.thread', { board: placeName(wording, line) })
  if (kind === 'moderated') return t('mails.moderated', { number })
  return count === 1
    ? `${memberName(wording, author)} ${t(ONE[kind])}`
    : countedUpTo(wording, MOST_NOTIFICATIONS, MANY[kind], count)
}

const ONE = { answer: 'mails.answer', mention: 'mails.mention', reply: 'mails.replied' } as const
const MANY = { answer: 'mails.answers', mention: 'mails.mentions', reply: 'mails.replies' } as const
