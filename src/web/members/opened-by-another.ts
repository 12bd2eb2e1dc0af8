import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { wantsJson } from '../../platform/http/wants-json.ts'
import { invalidField, Problem } from '../../platform/problem.ts'

/**
 * A form in which somebody writes names the member who opened it (`as`). When another member has logged in since, in
 * another window, the form comes back before it publishes anything: it could reveal that two names are one person.
 */
export function showWhoPublishes(app: App): void {
  app.addHook('preValidation', async (request) => {
    const { member, routeOptions } = request
    const sent = sentForm(request)
    const openedBy = sent.text('as')
    if (!member || !routeOptions.config.formAgain || openedBy === '' || openedBy === member.username) return
    // A preview publishes nothing, and shows under which name the form is now.
    if (sent.text('preview') !== '') return
    const name = { name: member.username }
    // The script then sends the form again as the browser does, and so gets the page.
    throw wantsJson(request)
      ? new Problem(409, 'posts.opened_by_another', { values: name })
      : invalidField('body', 'posts.opened_by_another', name)
  })
}
