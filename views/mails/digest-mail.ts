import type { MailContent } from '../../src/platform/mail/mail.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { type Worded, worded } from '../../src/platform/text/i18n/worded.ts'
import { shortened } from '../../src/platform/text/shortened.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { Wording } from '../page.ts'
import { memberName } from '../parts/member-link.ts'
import {
  aboutThread,
  type Entry,
  type WrittenEntry,
  type WrittenThreads,
  whereAndWhen,
  withWays,
  writtenEntry,
} from './digest-entries.ts'
import { type Letterhead, type MailWording, mailFolio, mailLayout, mailWording } from './mail-layout.ts'
import { wrapped } from './wrapped.ts'

interface LinkedThread {
  id: number
  slug: string
  title: string
  language: string
  /** The boards of the thread. */
  boardIds: readonly number[]
}

/** A post for the reader: an answer to one of theirs, or a mention. */
export interface ToldCall {
  kind: 'answer' | 'mention'
  thread: LinkedThread
  number: number
  at: Date
  author: MemberName
  excerpt: string
  excerptLanguage: string
}

/** A thread with unread posts. */
export interface ToldThread {
  thread: LinkedThread
  /** The board that it is listed under; for a crossing, the city; null when the thread itself is followed. */
  board: number | null
  /** For a crossing: its technology. */
  technology: number | null
  /** The followed search that found it; null for other threads. */
  search: string | null
  /** Whether it is unread from its first post on. */
  isNew: boolean
  /** The first unread post, and how many other people have posted since. */
  number: number
  /** When that post was written. */
  at: Date
  count: number
  author: MemberName
  excerpt: string
  excerptLanguage: string
}

export interface Digest {
  language: Language
  origin: string
  /** Listed one by one: first posts for the member, then threads, the liveliest first. */
  calls: readonly ToldCall[]
  news: readonly ToldThread[]
  /** How many more of each are not listed. */
  moreCalls: number
  moreThreads: number
  boardOf(id: number): { name: Worded } | undefined
  longestExcerpt: number
  /** No digest follows until the member comes back, because they have been away long. */
  last: boolean
  unsubscribe: string
  /** The token of the link that stops all mails about a thread. */
  stopThread(thread: number): string
  /** When the digest is written, and the time zone of its times. */
  at: Date
  timeZone: string
}

interface Section {
  title: string
  entries: WrittenEntry[]
  /** How many items are left out, and where to read them; null when none are. */
  more: { text: string; address: string } | null
}

/** The digest: first the posts for the member, then what is new, board by board. */
export function digestMail(letterhead: Letterhead, digest: Digest, written: WrittenThreads = new Map()): MailContent {
  const { language, origin, unsubscribe } = digest
  const wording = { ...mailWording(language, letterhead), timeZone: digest.timeZone }
  const sections = sectionsOf(wording, digest, written)
  const subject = subjectOf(wording, digest)
  const settings = `${origin}/settings/email`
  const stop = `${origin}/unsubscribe/${unsubscribe}`
  const { t, forumName } = wording
  const intro = digest.last ? t('mails.last_digest') : ''
  return {
    subject,
    unsubscribe,
    text: [
      mailFolio(wording, digest.at),
      ...(intro ? [`${wrapped(intro)}\n${origin}/`] : []),
      ...sections.map(textSection),
      `-- \n${wrapped(t('mails.digest_foot'))}\n${t('mails.settings')} ${settings}\n${t('mails.stop')} ${stop}`,
    ].join('\n\n'),
    html: mailLayout(wording, {
      title: subject,
      at: digest.at,
      mainHtml: html`${intro ? html`<p style="margin:0 0 16px;">${intro} <a href="${origin}/" style="color:inherit;">${forumName}</a></p>` : ''}${sections.map((section) => htmlSection(section))}`,
      footHtml: html`${t('mails.digest_foot')}<br><a href="${settings}" style="color:inherit;">${t('mails.settings_link')}</a> · <a href="${stop}" style="color:inherit;">${t('mails.stop_link')}</a>`,
    }).toString(),
  }
}

/**
 * «Marseille : 3 sujets, 12 réponses», or other contents. When not all threads are listed, only their number is known:
 * «Marseille… : du nouveau dans 25 sujets».
 */
function subjectOf({ t, language }: Wording, { calls, moreCalls, news, moreThreads, boardOf }: Digest): string {
  const called = calls.length + moreCalls
  const active = moreThreads > 0 ? news.length + moreThreads : 0
  const started = news.filter(({ isNew }) => isNew).length
  const replies = news.reduce((sum, { isNew, count }) => sum + (isNew ? count - 1 : count), 0)
  const parts = [
    called > 0 ? t('mails.calls', { count: called, shown: showNumber(called, language) }) : '',
    active > 0 ? t('mails.active', { count: active, shown: showNumber(active, language) }) : '',
    active === 0 && started > 0 ? t('threads.count', { count: started, shown: showNumber(started, language) }) : '',
    active === 0 && replies > 0 ? t('mails.replies', { count: replies, shown: showNumber(replies, language) }) : '',
  ].filter(Boolean)
  const places = [...new Set(news.flatMap((thread) => placeOf({ t, language }, thread, boardOf) ?? []))]
  if (places.length === 0) return parts.join(', ')
  const place = places.slice(0, 2).join(', ') + (places.length > 2 || moreThreads > 0 ? '…' : '')
  return t('mails.digest_subject', { place, news: parts.join(', ') })
}

/** The board or crossing that a thread is listed under; null when the thread itself is followed. */
function placeOf(
  { t, language }: Wording,
  { board, technology, search }: ToldThread,
  boardOf: Digest['boardOf'],
): string | null {
  if (search !== null) return t('mails.search', { q: search })
  if (board === null) return null
  const name = worded(boardOf(board)?.name ?? {}, language)
  if (technology === null) return name
  return t('map.crossing', { city: name, technology: worded(boardOf(technology)?.name ?? {}, language) })
}

function sectionsOf(wording: MailWording, digest: Digest, written: WrittenThreads): Section[] {
  const { t, language } = wording
  const { origin, calls, news, moreCalls, moreThreads, boardOf, longestExcerpt } = digest
  const entryOf = (told: ToldCall | ToldThread, about: string): Entry => ({
    title: told.thread.title,
    language: told.thread.language,
    about,
    where: whereAndWhen(wording, told, boardOf),
    excerpt: shortened(told.excerpt, longestExcerpt),
    excerptLanguage: told.excerptLanguage,
    address: `${origin}/threads/${told.thread.id}/posts/${told.number}`,
  })
  const writtenOnce = (told: ToldThread): WrittenEntry => {
    const name = [language, wording.timeZone, longestExcerpt, told.thread.id, told.number, told.count].join(' ')
    const entry = written.get(name) ?? writtenEntry(language, entryOf(told, aboutThread(wording, told)))
    written.set(name, entry)
    return entry
  }
  const callSection: Section = {
    title: t('mails.for_you'),
    entries: calls.map((call) => {
      const about = `${memberName(wording, call.author)} ${t(`mails.${call.kind}`)}`
      return withWays(wording, digest, call, writtenEntry(language, entryOf(call, about)), 'for you')
    }),
    more:
      moreCalls > 0
        ? {
            text: t('mails.more_calls', { count: moreCalls, shown: showNumber(moreCalls, language) }),
            address: `${origin}/notifications`,
          }
        : null,
  }
  const byPlace = Map.groupBy(news, (thread) => placeOf(wording, thread, boardOf) ?? t('mails.followed_threads'))
  const boardSections = [...byPlace].map(([title, threads]) => ({
    title,
    entries: threads.map((told) => withWays(wording, digest, told, writtenOnce(told), 'news')),
    more: null,
  }))
  const rest: Section = {
    title: '',
    entries: [],
    more: {
      text: t('mails.more', { count: moreThreads, shown: showNumber(moreThreads, language) }),
      address: `${origin}/threads?show=followed`,
    },
  }
  return [...(calls.length > 0 ? [callSection] : []), ...boardSections, ...(moreThreads > 0 ? [rest] : [])]
}

const textSection = ({ title, entries, more }: Section): string =>
  [
    ...(title ? [`${title.toUpperCase()}\n${'='.repeat(Math.min(60, title.length))}`] : []),
    ...entries.map(({ text }) => text),
    ...(more ? [`${more.text}\n${more.address}`] : []),
  ].join('\n\n')

const htmlSection = ({ title, entries, more }: Section): Html =>
  html`${title ? html`<h2 style="margin:20px 0 8px;font-size:18px;">${title}</h2>` : ''}${entries.map(({ entryHtml }) => entryHtml)}${more ? html`<p style="margin:16px 0 0;"><a href="${more.address}" style="color:inherit;">${more.text}</a></p>` : ''}`
