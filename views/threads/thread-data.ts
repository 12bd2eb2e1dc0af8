import { postPath, threadPath } from '../../src/paths.ts'
import { type Html, html, safeHtml } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'
import { memberName } from '../parts/member-link.ts'
import type { StandingPostView } from '../parts/post.ts'
import type { ThreadPage } from './thread-page.ts'

/**
 * A page of a thread as structured data for search engines (schema.org, DiscussionForumPosting). Says only what the page
 * shows.
 */
export function threadData(page: Page, { thread, posts, page: number }: ThreadPage): Html {
  const address = (path: string) => `${page.origin ?? ''}${path}`
  const written = (post: StandingPostView) => ({
    text: post.excerpt,
    author: { '@type': 'Person', name: memberName(page, post.author) },
    datePublished: post.createdAt.toISOString(),
    ...(post.editedAt ? { dateModified: post.editedAt.toISOString() } : {}),
    inLanguage: post.language,
  })
  const standing = posts.filter((post) => post.deletedAt === null)
  const opening = standing.find((post) => post.number === 1)
  const comments = standing.filter((post) => post.number > 1)
  return dataBlock({
    '@context': 'https://schema.org',
    '@type': 'DiscussionForumPosting',
    headline: thread.title,
    url: address(threadPath(thread)),
    ...(opening ? written(opening) : {}),
    ...(number === 1 && page.origin !== null ? { image: address(`/threads/${thread.id}.png`) } : {}),
    interactionStatistic: {
      '@type': 'InteractionCounter',
      interactionType: 'https://schema.org/CommentAction',
      userInteractionCount: thread.replyCount,
    },
    comment: comments.map((post) => ({
      '@type': 'Comment',
      url: address(postPath(thread, post.number)),
      ...written(post),
    })),
  })
}

/** Browsers do not run this type, and no policy applies to it (HTML, 4.12.1.1). Escapes `<`, which could end the block. */
const dataBlock = (data: object): Html =>
  html`<script type="application/ld+json">${safeHtml(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>\n`
