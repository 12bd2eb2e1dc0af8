import { html } from 'ghtml'
import type { Call, NewsOfThread } from '../../src/features/digests/content.ts'
import { showNumber } from '../../src/platform/i18n/formats.ts'
import type { Language } from '../../src/platform/i18n/languages.ts'
import { translator } from '../../src/platform/i18n/translate.ts'
import { type Worded, worded } from '../../src/platform/i18n/worded.ts'
import type { MailContent } from '../../src/platform/mail/mail.ts'
import type { Wording } from '../page.ts'
import { mailLayout } from './mail-layout.ts'

export interface Digest {
  language: Language
  origin: string
  calls: readonly Call[]
  news: readonly NewsOfThread[]
  boardOf(id: number): { name: Worded } | undefined
  /** Sent after a long absence, with no other to follow. */
  last: boolean
  unsubscribe: string
}

/** One thing that is told: where it leads, and what stands there. */
interface Entry {
  title: string
  language: string
  about: string
  excerpt: string
  address: string
}

interface Section {
  title: string
  entries: Entry[]
}

/** What is new in what a member follows: first what is meant for them, then board by board. */
export function digestMail(digest: Digest): MailContent {
  const wording = { language: digest.language, t: translator(digest.language) }
  const sections = sectionsOf(wording, digest)
  const subject = subjectOf(wording, digest)
  const more = moreOf(wording, digest)
  const settings = `${digest.origin}/settings/email`
  const stop = `${digest.origin}/unsubscribe/${digest.unsubscribe}`
  const { t } = wording
  const intro = digest.last ? t('mails.last_digest') : ''
  return {
    subject,
    unsubscribe: digest.unsubscribe,
    text: [
      ...(intro ? [intro, `${digest.origin}/`] : []),
      ...sections.map(textSection),
      ...(more ? [`${more} ${digest.origin}/`] : []),
      `-- \n${t('mails.digest_foot')}\n${t('mails.settings')} ${settings}\n${t('mails.stop')} ${stop}`,
    ].join('\n\n'),
    html: mailLayout(wording, {
      title: subject,
      mainHtml: html`!${intro ? html`<p style="margin:0 0 16px;">${intro} <a href="${digest.origin}/" style="color:inherit;">${t('site.name')}</a></p>` : ''}!${sections.map((section) => htmlSection(section, digest.language))}!${more ? html`<p style="margin:16px 0 0;"><a href="${digest.origin}/" style="color:inherit;">${more}</a></p>` : ''}`,
      footHtml: html`${t('mails.digest_foot')}<br><a href="${settings}" style="color:inherit;">${t('mails.settings_link')}</a> · <a href="${stop}" style="color:inherit;">${t('mails.stop_link')}</a>`,
    }),
  }
}

/** «Marseille : 3 sujets, 12 réponses», or what else is in it. */
function subjectOf({ t, language }: Wording, { calls, news, boardOf }: Digest): string {
  const started = news.filter(({ isNew }) => isNew).length
  const replies = news.reduce((sum, { isNew, count }) => sum + (isNew ? count - 1 : count), 0)
  const parts = [
    calls.length > 0 ? t('mails.calls', { count: calls.length, shown: showNumber(calls.length, language) }) : '',
    started > 0 ? t('threads.count', { count: started, shown: showNumber(started, language) }) : '',
    replies > 0 ? t('mails.replies', { count: replies, shown: showNumber(replies, language) }) : '',
  ].filter(Boolean)
  const boards = [...new Set(news.flatMap(({ board }) => (board === null ? [] : [board])))]
  const names = boards.slice(0, 2).flatMap((id) => worded(boardOf(id)?.name ?? {}, language) || [])
  const place = names.length > 0 ? names.join(', ') + (boards.length > 2 ? '…' : '') : t('site.name')
  return t('mails.digest_subject', { place, news: parts.join(', ') })
}

function sectionsOf(wording: Wording, { origin, calls, news, boardOf }: Digest): Section[] {
  const { t, language } = wording
  const inCalls = (thread: number) => calls.filter((call) => call.thread.id === thread).length
  const told = news.filter(({ thread, count }) => count > inCalls(thread.id))
  const byBoard = Map.groupBy(told, ({ board }) => board)
  const place = (thread: { id: number }, number: number) => `${origin}/threads/${thread.id}/posts/${number}`
  const callSection = {
    title: t('mails.for_you'),
    entries: calls.map(({ kind, thread, number, author, excerpt }) => ({
      title: thread.title,
      language: thread.language,
      about: `${author} ${t(`notifications.${kind}`)}`.replace(/ (dans|in)$/, ''),
      excerpt,
      address: place(thread, number),
    })),
  }
  const boardSections = [...byBoard].map(([board, threads]) => ({
    title: (board !== null && worded(boardOf(board)?.name ?? {}, language)) || t('mails.followed_threads'),
    entries: threads.map(({ thread, isNew, number, count, author, excerpt }) => ({
      title: thread.title,
      language: thread.language,
      about: isNew
        ? t('mails.new_thread', { name: author })
        : `${t('mails.replies', { count, shown: showNumber(count, language) })}, ${author}`,
      excerpt,
      address: place(thread, number),
    })),
  }))
  return [callSection, ...boardSections].filter(({ entries }) => entries.length > 0)
}

/** How many threads more there are than are told. */
function moreOf({ t, language }: Wording, { news }: Digest): string {
  const rest = (news[0]?.total ?? 0) - news.length
  return rest > 0 ? t('mails.more', { count: rest, shown: showNumber(rest, language) }) : ''
}

const LONGEST_EXCERPT = 240

const shortened = (excerpt: string): string =>
  excerpt.length <= LONGEST_EXCERPT ? excerpt : `${excerpt.slice(0, LONGEST_EXCERPT).replace(/\s+\S*$/u, '')}…`

const textSection = ({ title, entries }: Section): string =>
  [
    `${title.toUpperCase()}\n${'='.repeat(Math.min(60, title.length))}`,
    ...entries.map(
      ({ title: name, about, excerpt, address }) => `* ${name}\n  ${about}\n  ${shortened(excerpt)}\n  ${address}`,
    ),
  ].join('\n\n')

const htmlSection = ({ title, entries }: Section, language: Language): string =>
  html`<h2 style="margin:20px 0 8px;font-size:18px;">${title}</h2>!${entries.map(
    (entry) => html`<div style="margin:0 0 18px;padding:0 0 0 12px;border-left:3px solid #c4320a;">
<p style="margin:0;font-weight:bold;" dir="auto"><a href="${entry.address}" style="color:inherit;"!${entry.language === language ? '' : html` lang="${entry.language}"`}>${entry.title}</a></p>
<p style="margin:2px 0;font-size:14px;">${entry.about}</p>
<p style="margin:2px 0 0;" dir="auto">${shortened(entry.excerpt)}</p>
</div>`,
  )}`
