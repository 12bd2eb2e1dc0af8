import { countedUpTo, MOST_NOTIFICATIONS, shortCount } from '../../../views/parts/counted.ts'
import { postArticle } from '../../../views/parts/post.ts'
import type { ShownPost } from '../../forum/discussion/shown-posts.ts'
import type { ThreadAddress } from '../../paths.ts'
import { textFrame } from '../../platform/live/frame.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { translator } from '../../platform/text/i18n/translate.ts'

/** One message, made once for each language that somebody reads in. */
export type Message = (language: Language) => Buffer

function inEachLanguage(make: (language: Language) => object): Message {
  const made = new Map<Language, Buffer>()
  return (language) => {
    const known = made.get(language)
    if (known) return known
    const frame = textFrame(JSON.stringify(make(language)))
    made.set(language, frame)
    return frame
  }
}

const inAllLanguages = (message: object): Message => inEachLanguage(() => message)

/** What is not there for everybody: its number is passed over. */
export const NOTHING: Message = () => Buffer.alloc(0)

/** A new post, just as the page would show it to a reader without an account. */
export const postMessage = (thread: ThreadAddress, post: ShownPost): Message =>
  post.heldAt
    ? NOTHING
    : inEachLanguage((language) => ({ type: 'post', thread: thread.id, ...shown(thread, post, language) }))

/**
 * A post that now says something else, or says again what it said; or one that was deleted. One that was approved after a
 * change is new to whoever has followed the thread up to that.
 */
export const changeMessage = (thread: ThreadAddress, post: ShownPost, since: number): Message => {
  if (post.heldAt) return NOTHING
  if (!post.deletedAt && post.approvedChange !== null && post.approvedChange > since) return postMessage(thread, post)
  if (post.deletedAt) return inAllLanguages({ type: 'deleted', thread: thread.id, number: post.number })
  return inEachLanguage((language) => ({ type: 'edited', thread: thread.id, ...shown(thread, post, language) }))
}

/** The number of the last change of the thread that was sent. */
export const changesMessage = (number: number): Message => inAllLanguages({ type: 'changes', number })

/** What changed about the thread itself: it was locked, unlocked, or moved to other boards. */
export const threadMessage = (type: 'locked' | 'unlocked' | 'moved', thread: ThreadAddress): Message =>
  inAllLanguages({ type, thread: thread.id })

/** Too much has happened to tell: the page is to be read anew. */
export const RELOAD: Message = inAllLanguages({ type: 'reload' })

/** How many notifications a member has not read; the label says it in words. */
export const unreadMessage = (count: number): Message =>
  inEachLanguage((language) => ({
    type: 'unread',
    count,
    shown: shortCount(count),
    label: countedUpTo({ language, t: translator(language) }, MOST_NOTIFICATIONS, 'notifications.unread', count),
  }))

export const readersMessage = (count: number): Message => inAllLanguages({ type: 'readers', count })

function shown(thread: ThreadAddress, post: ShownPost, language: Language) {
  const page = { language, t: translator(language) }
  // The same for everybody: a window knows whom its reader has muted, and folds their posts.
  return { number: post.number, author: post.authorId, html: postArticle(page, thread, post).toString() }
}
