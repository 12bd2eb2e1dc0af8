import type { MailContent } from '../../src/platform/mail/mail.ts'
import { html } from '../../src/platform/text/html.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { type NotificationLine, placeName, placePath, several } from '../notices/notification-line.ts'
import type { Wording } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberName } from '../parts/member-link.ts'
import { mailButton, mailLayout, mailWording } from './mail-layout.ts'
import { wrapped } from './wrapped.ts'

export interface NotificationMail {
  language: Language
  origin: string
  /** All about one thread. */
  lines: readonly NotificationLine[]
  unsubscribe: string
}

/** What has happened in a thread that concerns a member; mail programs show all such mails of a thread together. */
export function notificationMail(
  name: string,
  { language, origin, lines, unsubscribe }: NotificationMail,
): MailContent {
  const wording = mailWording(language, name)
  const { t } = wording
  const thread = lines[0]?.thread
  const [first] = lines
  const isOfBoard = first?.kind === 'thread' && first.count > 1
  const subject = isOfBoard ? whatHappened(wording, first) : (thread?.title ?? t('notifications.title'))
  const told = lines.map((line) => ({
    about: whatHappened(wording, line),
    excerpt: line.excerpt,
    language: line.excerptLanguage,
    address: urlOf(origin, line),
  }))
  const settings = `${origin}/settings/email`
  const stop = `${origin}/unsubscribe/${unsubscribe}`
  return {
    subject,
    unsubscribe,
    ...(thread ? { conversation: `thread ${thread.id}` } : {}),
    text: [
      wrapped(subject),
      ...told.map(({ about, excerpt, address }) =>
        [wrapped(about), ...(excerpt ? [wrapped(excerpt)] : []), address].join('\n'),
      ),
      `-- \n${wrapped(t('mails.notification_foot'))}\n${t('mails.settings')} ${settings}\n${t('mails.stop')} ${stop}`,
    ].join('\n\n'),
    html: mailLayout(wording, {
      title: subject,
      mainHtml: html`<h2 style="margin:0 0 12px;font-size:18px;" dir="auto"${thread && !isOfBoard ? languageMark(thread.language, wording) : ''}>${subject}</h2>${told.map(
        ({ about, excerpt, language, address }) =>
          html`<p style="margin:0 0 4px;"><b>${about}</b></p>${excerpt ? html`<p style="margin:0;" dir="auto"${languageMark(language, wording)}>${excerpt}</p>` : ''}${mailButton(address, t('mails.read'))}`,
      )}`,
      footHtml: html`${t('mails.notification_foot')}<br><a href="${settings}" style="color:inherit;">${t('mails.settings_link')}</a> · <a href="${stop}" style="color:inherit;">${t('mails.stop_link')}</a>`,
    }).toString(),
  }
}

const urlOf = (origin: string, line: NotificationLine): string =>
  line.kind === 'thread' && line.count > 1
    ? `${origin}${placePath(line)}`
    : `${origin}/threads/${line.thread.id}/posts/${line.number}`

/** What has happened; where is the mail's subject. */
function whatHappened(wording: Wording, line: NotificationLine): string {
  const { t } = wording
  const { kind, count, number, author } = line
  if (kind === 'thread' && count > 1) return `${several(wording, line)} ${placeName(wording, line)}`
  if (kind === 'thread') return t('notifications.thread', { board: placeName(wording, line) }).replace(/\s?:$/u, '')
  if (kind === 'moderated') return t('notifications.moderated', { number }).replace(/ (dans|in)$/u, '')
  const said = count === 1 ? `${memberName(wording, author)} ${t(`notifications.${kind}`)}` : several(wording, line)
  return said.replace(/ (dans|in)$/u, '')
}
