import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { wantsJson } from '../../platform/http/wants-json.ts'
import { invalidField, Problem } from '../../platform/problem.ts'

/**
 * A form in which somebody writes says who opened it (`as`). Where another member has logged in beside it since, it comes back
 * before anything is published under their name: who has two names must not show that they are one person's.
 */
export function showWhoPublishes(app: App): void {
  app.addHook('preValidation', async (request) => {
    const { member, routeOptions } = request
    const sent = sentForm(request)
    const openedBy = sent.text('as')
    if (!member || !routeOptions.config.formAgain || openedBy === '' || openedBy === member.username) return
    // A look publishes nothing, and shows whose form it is now.
    if (sent.text('preview') !== '') return
    const name = { name: member.username }
    // A script then sends it as the browser does, for the page that says so.
    throw wantsJson(request)
      ? new Problem(409, 'posts.opened_by_another', { values: name })
      : invalidField('body', 'posts.opened_by_another', name)
  })
}
