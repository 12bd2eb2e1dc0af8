import { Type } from 'typebox'
import { changeSettings } from '../../forum/administration/change-settings.ts'
import { undoSettings } from '../../forum/administration/undo-settings.ts'
import type { Forum } from '../../forum/forum.ts'
import { forumSettings } from '../../forum/settings.ts'
import { json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { changesIn, SentForumSettings } from '../admin/sent-forum-settings.ts'
import { fieldsOf } from '../admin/setting-fields.ts'
import { memberOf } from '../members/recognise-members.ts'
import { needs } from './access.ts'
import { administersByToken } from './administers-by-token.ts'
import { ActToUndo } from './shapes.ts'

const ForumSettings = Type.Record(Type.String(), Type.String(), {
  title: 'ForumSettings',
  description: 'By the names of the fields on the page, each as it stands there',
})

/** The forum's settings, for an admin's token with the scope `moderate`. */
export function forumSettingRoutes(api: App, forum: Forum): void {
  const preValidation = administersByToken

  const reading = {
    config: needs('moderate', 'read_forum_settings'),
    schema: { response: { 200: json(ForumSettings) } },
    preValidation,
  }
  api.get('/admin/settings', reading, () => settings())

  const setting = {
    config: needs('moderate', 'change_forum_settings'),
    schema: { body: SentForumSettings, response: { 200: json(ForumSettings) } },
    preValidation,
  }
  api.patch('/admin/settings', setting, async (request) => {
    await changeSettings(forum, memberOf(request).id, changesIn(request.body, await forumSettings(forum)))
    return settings()
  })

  const undoing = {
    config: needs('moderate', 'undo_forum_settings'),
    schema: { body: ActToUndo, response: { 200: json(ForumSettings) } },
    preValidation,
  }
  api.post('/admin/settings/undo', undoing, async (request) => {
    await undoSettings(forum, memberOf(request).id, request.body.act)
    return settings()
  })

  const settings = async (): Promise<Record<string, string>> =>
    Object.fromEntries(fieldsOf(await forumSettings(forum)).map(({ name, value }) => [name, value]))
}
