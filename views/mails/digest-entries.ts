import { answerPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showMoment, showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { worded } from '../../src/platform/text/i18n/worded.ts'
import type { Wording } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberName } from '../parts/member-link.ts'
import type { Digest, ToldCall, ToldThread } from './digest-mail.ts'
import { labelled, type MailWording, mailEntry, mailSmall } from './mail-layout.ts'
import { wrapped } from './wrapped.ts'

/** One item of the digest: its place, its link and its text. */
export interface Entry {
  title: string
  language: string
  about: string
  /** «Marseille, Big Data · 24 nov. 2026, 15:40» */
  where: string
  excerpt: string
  excerptLanguage: string
  address: string
}

/** An entry in both forms of the mail. */
export interface WrittenEntry {
  text: string
  entryHtml: Html
}

/**
 * Entries of threads by everything that determines them. Members of a batch follow the same boards, so the same entry
 * serves all who read one language and have read as far.
 */
export type WrittenThreads = Map<string, WrittenEntry>

/** «Marseille, Big Data · 24 nov. 2026, 15:40» */
export function whereAndWhen(
  { language, timeZone = null }: Wording,
  { thread, at }: ToldCall | ToldThread,
  boardOf: Digest['boardOf'],
): string {
  const boards = thread.boardIds.flatMap((id) => boardOf(id)?.name ?? []).map((name) => worded(name, language))
  return [boards.join(', '), showMoment(at, language, timeZone)].filter(Boolean).join(' · ')
}

/** An entry with the links to reply and to stop its thread, which differ for each member. */
export function withWays(
  wording: MailWording,
  { origin, stopThread }: Digest,
  { thread, number }: ToldCall | ToldThread,
  { text, entryHtml }: WrittenEntry,
  kind: 'for you' | 'news',
): WrittenEntry {
  const { t } = wording
  const stop = `${origin}/unsubscribe/${stopThread(thread.id)}`
  const reply = origin + answerPath(thread, number, 'reply_to')
  return {
    text: `${text}\n  ${labelled(t, 'mails.reply')} ${reply}\n  ${labelled(t, 'mails.ignore_thread')} ${stop}`,
    entryHtml: mailEntry(
      wording,
      html`${entryHtml}
<p style="margin:6px 0 0;${mailSmall}"><a href="${reply}" style="color:inherit;">${t('mails.reply')}</a> · <a href="${stop}" style="color:inherit;">${t('mails.ignore_thread')}</a></p>`,
      kind,
    ),
  }
}

/** «Nouveau sujet, par Zoé, et 3 réponses», or «3 réponses, la première par Zoé». */
export function aboutThread(wording: Wording, { isNew, count, author }: ToldThread): string {
  const { t, language } = wording
  const name = memberName(wording, author)
  const replies = isNew ? count - 1 : count
  const counted = t('mails.replies', { count: replies, shown: showNumber(replies, language) })
  if (!isNew) return count === 1 ? t('mails.one_reply', { name }) : t('mails.replies_from', { counted, name })
  return replies > 0 ? t('mails.new_thread_replied', { name, counted }) : t('mails.new_thread', { name })
}

export const writtenEntry = (language: Language, entry: Entry): WrittenEntry => ({
  text: [
    `* ${wrapped(entry.title, '  ').trimStart()}`,
    wrapped(entry.about, '  '),
    wrapped(entry.where, '  '),
    ...(entry.excerpt ? [wrapped(entry.excerpt, '  ')] : []),
    `  ${entry.address}`,
  ].join('\n'),
  entryHtml: html`<p style="margin:0;font-weight:bold;" dir="auto"><a href="${entry.address}" style="color:inherit;"${languageMark(entry.language, { language })}>${entry.title}</a></p>
<p style="margin:2px 0;${mailSmall}">${entry.about}<br><i>${entry.where}</i></p>${
    entry.excerpt
      ? html`
<p style="margin:6px 0 0;" dir="auto"${languageMark(entry.excerptLanguage, { language })}>${entry.excerpt}</p>`
      : ''
  }`,
})
