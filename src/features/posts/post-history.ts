import type { PostHistory } from '../../../views/posts/history-page.ts'
import type { Forum } from '../../platform/forum.ts'
import { differences } from './differences.ts'
import { type PostInThread, versionsOf } from './queries.ts'

/** Every version of a post, the newest first, each as what it changed. */
export async function postHistory({ database }: Forum, post: PostInThread): Promise<PostHistory> {
  const former = await versionsOf(database, post.id)
  const texts = [
    ...former.map(({ title, body, writtenAt }) => ({ text: withTitle(title, body), writtenAt })),
    {
      text: withTitle(post.number === 1 ? post.thread.title : null, post.body),
      writtenAt: post.editedAt ?? post.createdAt,
    },
  ]
  const versions = texts.map(({ text, writtenAt }, index) => ({
    writtenAt,
    changes: index === 0 ? [{ kind: 'same' as const, text }] : differences(texts[index - 1]?.text ?? '', text),
  }))
  const { thread, number, author, language } = post
  return { thread, number, author, language, versions: versions.reverse() }
}

const withTitle = (title: string | null, body: string): string => (title === null ? body : `${title}\n\n${body}`)
