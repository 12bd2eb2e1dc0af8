import { showMoment } from '../../src/platform/text/i18n/formats.ts'
import { FORUM_TIME_ZONE } from '../../src/platform/text/i18n/time-zones.ts'
import { type Worded, worded } from '../../src/platform/text/i18n/worded.ts'
import type { MemberName } from '../../src/schema/members.ts'
import type { Wording } from '../page.ts'
import { memberName } from '../parts/member-link.ts'

export type TextFormat = 'md' | 'txt'

export interface ThreadHead {
  title: string
  boards: readonly { name: Worded }[]
  /** The thread's absolute address. */
  address: string
}

export type TypedPost =
  | {
      number: number
      author: MemberName
      /** The Markdown that was typed. */
      body: string
      createdAt: Date
      editedAt: Date | null
      replyTo: number | null
      deletedAt: null
    }
  | { number: number; deletedAt: Date; byAuthor: boolean }

/** The head of a thread as text: title, address, and the time zone of its times. */
export function threadHead(format: TextFormat, reader: Wording, thread: ThreadHead): string {
  const { t, language, timeZone } = reader
  const plain = format === 'txt'
  const names = thread.boards.map(({ name }) => worded(name, language)).join(', ')
  const lines = [
    t('threads.text_boards', { boards: plain ? names : asMarkdown(names) }),
    t('threads.text_address', { address: plain ? thread.address : `<${thread.address}>` }),
    t('site.times', { zone: (timeZone ?? FORUM_TIME_ZONE).replaceAll('_', ' ') }),
  ]
  const title = plain ? `${thread.title}\n${'='.repeat(thread.title.length)}` : `# ${asMarkdown(thread.title)}`
  return `${title}\n\n${lines.map((line) => (plain ? line : `- ${line}`)).join('\n')}\n`
}

/** Everything that starts a new line in Markdown (CommonMark, 2.1), on a terminal or in an editor. */
const LINE_END = /\r\n|[\n\r\u2028\u2029]/

/**
 * A post as text. Each of its lines begins with a margin, as a Markdown quotation, so that a text cannot imitate another
 * member's post.
 */
export function postAsText(format: TextFormat, reader: Wording, post: TypedPost): string {
  const head = `${post.number}. ${post.deletedAt === null ? about(format, reader, post) : gone(reader, post.byAuthor)}`
  const headline = format === 'txt' ? head : `## ${head}`
  if (post.deletedAt !== null) return `\n${headline}\n`
  const margin = format === 'txt' ? '    ' : '> '
  const body = post.body
    .split(LINE_END)
    .map((line) => (margin + line).trimEnd())
    .join('\n')
  return `\n${headline}\n\n${body}\n`
}

function about(format: TextFormat, reader: Wording, post: TypedPost & { deletedAt: null }): string {
  const { t, language, timeZone = null } = reader
  const name = memberName(reader, post.author)
  const author = format === 'txt' ? name : asMarkdown(name)
  return [
    author,
    showMoment(post.createdAt, language, timeZone),
    ...(post.editedAt ? [`${t('posts.edited')} ${showMoment(post.editedAt, language, timeZone)}`] : []),
    ...(post.replyTo ? [t('threads.text_answers', { number: post.replyTo })] : []),
  ].join(', ')
}

const gone = ({ t }: Wording, byAuthor: boolean): string =>
  byAuthor ? `${t('posts.deleted')} ${t('posts.by_author')}` : t('posts.removed')

/** Escapes what Markdown would interpret. */
const asMarkdown = (text: string): string => text.replace(/[\\`*_[\]<>&]/g, '\\$&')
