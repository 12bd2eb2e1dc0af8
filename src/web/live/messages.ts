import { countedUpTo, MOST_NOTIFICATIONS, shortCount } from '../../../views/parts/counted.ts'
import { postArticle } from '../../../views/parts/post.ts'
import type { ShownPost } from '../../forum/discussion/shown-posts.ts'
import type { ThreadAddress } from '../../paths.ts'
import { textFrame } from '../../platform/live/frame.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { translator } from '../../platform/text/i18n/translate.ts'

/** A message that is written once for each language. */
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

/** For a post that not everybody may see: sends nothing. */
export const NOTHING: Message = () => Buffer.alloc(0)

/** A new post as a page shows it to a reader without an account. */
export const postMessage = (thread: ThreadAddress, post: ShownPost): Message =>
  post.heldAt
    ? NOTHING
    : inEachLanguage((language) => ({ type: 'post', thread: thread.id, ...shown(thread, post, language) }))

/**
 * A post that was edited, restored or deleted. A post that was approved after `since` is sent as a new one, because
 * those windows have never seen it.
 */
export const changeMessage = (thread: ThreadAddress, post: ShownPost, since: number): Message => {
  if (post.heldAt) return NOTHING
  if (!post.deletedAt && post.approvedChange !== null && post.approvedChange > since) return postMessage(thread, post)
  if (post.deletedAt) return inAllLanguages({ type: 'deleted', thread: thread.id, number: post.number })
  return inEachLanguage((language) => ({ type: 'edited', thread: thread.id, ...shown(thread, post, language) }))
}

/** The number of the last change that was sent. */
export const changesMessage = (number: number): Message => inAllLanguages({ type: 'changes', number })

/** What changed about the thread itself: it was locked, unlocked, or moved to other boards. */
export const threadMessage = (type: 'locked' | 'unlocked' | 'moved', thread: ThreadAddress): Message =>
  inAllLanguages({ type, thread: thread.id })

/** Tells the window to reload, because it missed too much. */
export const RELOAD: Message = inAllLanguages({ type: 'reload' })

/** How many unread notifications a member has; the label says it in words. */
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
  // The same for all readers. Each window folds the posts of members that its reader mutes.
  return { number: post.number, author: post.authorId, html: postArticle(page, thread, post).toString() }
}
