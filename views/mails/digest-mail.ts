import { answerPath } from '../../src/paths.ts'
import type { MailContent } from '../../src/platform/mail/mail.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showMoment, showNumber } from '../../src/platform/text/i18n/formats.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { type Worded, worded } from '../../src/platform/text/i18n/worded.ts'
import { shortened } from '../../src/platform/text/shortened.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { Wording } from '../page.ts'
import { languageMark } from '../parts/language-mark.ts'
import { memberName } from '../parts/member-link.ts'
import {
  type Letterhead,
  labelled,
  type MailWording,
  mailEntry,
  mailFolio,
  mailLayout,
  mailSmall,
  mailWording,
} from './mail-layout.ts'
import { wrapped } from './wrapped.ts'

interface LinkedThread {
  id: number
  slug: string
  title: string
  language: string
  /** The boards in which it stands. */
  boardIds: readonly number[]
}

/** A post that speaks to the reader: an answer to theirs, or one that mentions them. */
export interface ToldCall {
  kind: 'answer' | 'mention'
  thread: LinkedThread
  number: number
  at: Date
  author: MemberName
  excerpt: string
  excerptLanguage: string
}

/** A thread with something that the reader has not read. */
export interface ToldThread {
  thread: LinkedThread
  /** The board under which it is told, of a crossing the city; null: the thread itself is followed. */
  board: number | null
  /** The technology of the crossing under which it is told. */
  technology: number | null
  /** The followed search under which it is told; null: it is followed in another way. */
  search: string | null
  /** It is told from its first post on. */
  isNew: boolean
  /** The first post that they have not read, and how many others have written from there on. */
  number: number
  /** When that one was posted. */
  at: Date
  count: number
  author: MemberName
  excerpt: string
  excerptLanguage: string
}

export interface Digest {
  language: Language
  origin: string
  /** What is told one by one: what is meant for the member, then threads, the liveliest first. */
  calls: readonly ToldCall[]
  news: readonly ToldThread[]
  /** How many more there are of both. */
  moreCalls: number
  moreThreads: number
  boardOf(id: number): { name: Worded } | undefined
  longestExcerpt: number
  /** Sent after a long absence, with no other to follow. */
  last: boolean
  unsubscribe: string
  /** The token of the link that stops all that comes of a thread. */
  stopThread(thread: number): string
  /** When it is written, and the zone whose clock its times are said by. */
  at: Date
  timeZone: string
}

/** One thing that is told: where it leads, and what stands there. */
interface Entry {
  title: string
  language: string
  about: string
  /** «Marseille, Big Data · 24 nov. 2026, 15:40» */
  where: string
  excerpt: string
  excerptLanguage: string
  address: string
}

/** The same in both of a mail's forms. */
interface WrittenEntry {
  text: string
  entryHtml: Html
}

/**
 * What is told of a thread is the same for all who read one language and have read as far: for the members of a batch,
 * who follow the same boards, it is written once.
 */
export type WrittenThreads = Map<string, WrittenEntry>

interface Section {
  title: string
  entries: WrittenEntry[]
  /** What is left out here, and where it can be read; null: nothing. */
  more: { text: string; address: string } | null
}

/** What is new in what a member follows: first what is meant for them, then board by board. */
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
 * «Marseille : 3 sujets, 12 réponses», or what else is in it. Where not all threads are told it is known only how many have
 * something new: «Marseille… : du nouveau dans 25 sujets».
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

/** The board or the crossing under which a thread is told; null: it is followed itself. */
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

/** «Marseille, Big Data · 24 nov. 2026, 15:40» */
function whereAndWhen(
  { language, timeZone = null }: Wording,
  { thread, at }: ToldCall | ToldThread,
  boardOf: Digest['boardOf'],
): string {
  const boards = thread.boardIds.flatMap((id) => boardOf(id)?.name ?? []).map((name) => worded(name, language))
  return [boards.join(', '), showMoment(at, language, timeZone)].filter(Boolean).join(' · ')
}

/** An entry with the ways to answer and to hear no more of its thread, which are each member's own. */
function withWays(
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
function aboutThread(wording: Wording, { isNew, count, author }: ToldThread): string {
  const { t, language } = wording
  const name = memberName(wording, author)
  const replies = isNew ? count - 1 : count
  const counted = t('mails.replies', { count: replies, shown: showNumber(replies, language) })
  if (!isNew) return count === 1 ? t('mails.one_reply', { name }) : t('mails.replies_from', { counted, name })
  return replies > 0 ? t('mails.new_thread_replied', { name, counted }) : t('mails.new_thread', { name })
}

const textSection = ({ title, entries, more }: Section): string =>
  [
    ...(title ? [`${title.toUpperCase()}\n${'='.repeat(Math.min(60, title.length))}`] : []),
    ...entries.map(({ text }) => text),
    ...(more ? [`${more.text}\n${more.address}`] : []),
  ].join('\n\n')

const htmlSection = ({ title, entries, more }: Section): Html =>
  html`${title ? html`<h2 style="margin:20px 0 8px;font-size:18px;">${title}</h2>` : ''}${entries.map(({ entryHtml }) => entryHtml)}${more ? html`<p style="margin:16px 0 0;"><a href="${more.address}" style="color:inherit;">${more.text}</a></p>` : ''}`

const writtenEntry = (language: Language, entry: Entry): WrittenEntry => ({
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
