import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { forumSettingsPage, type SettingField } from '../../../views/admin/forum-settings-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import { changeSettings } from '../../forum/administration/change-settings.ts'
import { undoSettings } from '../../forum/administration/undo-settings.ts'
import type { Forum } from '../../forum/forum.ts'
import { forumSettings } from '../../forum/settings.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { type SentForm, sentForm } from '../../platform/http/forms/sent-form.ts'
import { invalidField } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id, Mark } from '../shapes.ts'
import { administers } from './administers.ts'
import { changesIn, SentForumSettings } from './sent-forum-settings.ts'
import { fieldsOf } from './setting-fields.ts'

/** A browser sends nothing for empty boxes, so the form says that it showed them. */
const FromPage = Type.Object({ ...SentForumSettings.properties, languages_asked: Mark })

/** The settings that an admin changes while the forum runs. */
export function forumSettingsRoutes(app: App, forum: Forum): void {
  const query = Type.Object({ saved: Mark })
  app.get(
    '/admin/settings',
    { schema: { querystring: query, response: { 200: htmlPage } }, preValidation: administers(forum) },
    async (request, reply) => reply.html(await shown(request, {}, request.query.saved !== undefined)),
  )

  const options = {
    schema: { body: FromPage, response: { 303: seeOther } },
    preValidation: administers(forum),
    config: { formAgain: shown },
  }
  app.post('/admin/settings', options, async (request, reply) => {
    const { languages_asked: asked, ...sent } = request.body
    if (asked !== undefined && sent.languages === undefined) throw invalidField('languages', 'errors.none_chosen')
    await changeSettings(forum, memberOf(request).id, changesIn(sent, await forumSettings(forum)))
    return reply.redirect('/admin/settings?saved=1', 303)
  })

  const undoing = {
    schema: { body: Type.Object({ act: Id }), response: { 303: seeOther } },
    preValidation: administers(forum),
  }
  app.post('/admin/settings/undo', undoing, async (request, reply) => {
    await undoSettings(forum, memberOf(request).id, request.body.act)
    return reply.tell({ key: 'done.settings_undone', values: {} }).redirect('/moderation/log', 303)
  })

  async function shown(request: FastifyRequest, messages: FieldMessages, saved = false): Promise<Html> {
    const now = fieldsOf(await forumSettings(forum))
    const sent = sentForm(request)
    // The values that were sent, when the form comes back with errors.
    const fields = now.map((field) => ({
      ...field,
      value: sent.list(field.name)[0] ?? field.value,
      ...chosen(field, sent),
    }))
    return forumSettingsPage(request.page, { fields, saved, messages })
  }
}

/** The boxes that were ticked, when the form comes back with errors. */
const chosen = ({ name, offered }: SettingField, sent: SentForm): Partial<SettingField> =>
  offered && sent.list(`${name}_asked`).length > 0 ? { offered: sent.list(name) } : {}
