import { LONGEST_REASON, LONGEST_TITLE } from '../../src/limits.ts'
import { type ThreadAddress, threadPath } from '../../src/paths.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { FieldMessages, Page } from '../page.ts'
import { textField } from '../parts/field.ts'
import { formProblems } from '../parts/form-problems.ts'
import type { PostView } from '../parts/post.ts'

export interface MovePosts {
  /** The post from which the moderator came. */
  id: number
  thread: ThreadAddress & { title: string }
  posts: readonly PostView[]
  /** Numbers of the posts to move. */
  chosen: readonly number[]
  to: string
  title: string
  reason: string
  messages: FieldMessages
}

/** The page on which a moderator chooses posts and their new thread. */
export function movePostsPage(page: Page, { id, thread, posts, chosen, to, title, reason, messages }: MovePosts): Html {
  const { t } = page
  return layout(
    page,
    { title: t('moderation.move_posts'), unlisted: true },
    html`<h1>${t('moderation.move_posts')}</h1>
<p class="about"><a href="${threadPath(thread)}" dir="auto">${thread.title}</a></p>
<p class="lead">${t('moderation.move_lead')}</p>
<form method="post" action="/posts/${id}/move" class="sheet">
${formProblems(page, messages, ['numbers', 'to', 'title', 'reason'])}
<fieldset class="field" id="field-numbers" tabindex="-1"${messages.numbers ? html` aria-describedby="numbers-problem" autofocus` : ''}><legend>${t('moderation.which_posts')}</legend>
${messages.numbers ? html`<p class="problem" id="numbers-problem">${messages.numbers}</p>` : ''}
<input type="hidden" name="numbers_asked" value="1">
${posts.map((post) => choice(page, post, chosen.includes(post.number)))}</fieldset>
${textField({ name: 'to', label: t('moderation.to_thread'), value: to, verbatim: true, problem: messages.to })}
${textField({ name: 'title', label: t('moderation.to_title'), value: title, longest: LONGEST_TITLE, problem: messages.title })}
${textField({ name: 'reason', label: t('moderation.reason'), hint: t('moderation.reason_hint'), value: reason, longest: LONGEST_REASON, problem: messages.reason })}
<p class="buttons"><button class="main">${t('posts.move')}</button></p>
</form>`,
  )
}

function choice({ t }: Page, post: PostView, isChosen: boolean): Html {
  const saysHtml =
    post.deletedAt === null
      ? html`<bdi>${post.author}</bdi> <span dir="auto">${post.excerpt}</span>`
      : t('posts.deleted')
  return html`<p><label><input type="checkbox" name="numbers" value="${post.number}"${isChosen ? ' checked' : ''}> <span>${post.number} ${saysHtml}</span></label></p>`
}
