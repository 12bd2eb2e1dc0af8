import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { FieldMessages } from '../../../views/page.ts'
import { dataPage, exportPage, leftPage } from '../../../views/settings/data-page.ts'
import { askExport } from '../../forum/exports/ask-export.ts'
import { exportBytes, exportOf } from '../../forum/exports/queries.ts'
import { importSettings } from '../../forum/exports/settings-file.ts'
import type { Forum } from '../../forum/forum.ts'
import { leaveForum } from '../../forum/members/leaving/leave.ts'
import { mustKnowPassword } from '../../forum/members/must-know-password.ts'
import type { Sessions } from '../../forum/members/sessions/lucia.ts'
import { daysBefore, RETENTION } from '../../forum/retention.ts'
import { LARGEST_FORM, LONGEST_PASSWORD } from '../../limits.ts'
import { file, htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import type { Html } from '../../platform/text/html.ts'
import { showNumber } from '../../platform/text/i18n/formats.ts'
import { freshLogin, isFresh } from '../members/fresh-login.ts'
import { asking, clearStorage, forgetSession, memberOf, signedIn } from '../members/recognise-members.ts'

const Leave = Type.Object({
  password: Type.String({ maxLength: LONGEST_PASSWORD }),
  posts: Type.Enum(['keep', 'remove']),
})

/** Each form of the page has its own password field. Scripts send `password`. */
const Password = Type.Optional(Type.String({ maxLength: LONGEST_PASSWORD }))
const Ask = Type.Object({ password: Password, export_password: Password })
const Import = Type.Object({ settings: Type.String({ maxLength: LARGEST_FORM }) })

/** A member's data: export, import, and leaving the forum. */
export function dataRoutes(app: App, forum: Forum, sessions: Sessions): void {
  const page = { schema: { response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/settings/data', page, async (request, reply) => reply.html(await shown(request, {})))

  const asked = {
    schema: { body: Ask, response: { 303: seeOther } },
    preValidation: signedIn,
    config: { formAgain: shown },
  }
  app.post('/settings/data/export', asked, async (request, reply) => {
    if (!(await isFresh(forum, request))) {
      const { password, export_password: typed = password } = request.body
      await mustKnowPassword(forum, asking(request, typed), 'export_password')
    }
    await askExport(forum, memberOf(request).id)
    return reply.redirect('/settings/data/export', 303)
  })

  const archive = { schema: { response: { 200: file } }, preValidation: freshLogin(forum) }
  app.get('/settings/data/export', archive, async (request, reply) => {
    const { id, username } = memberOf(request)
    const found = await exportOf(forum.database, id)
    const { run = null, size = 0 } = found ?? {}
    if (found?.state !== 'ready' || run === null) return reply.html(exportPage(request.page, found?.state ?? null))
    return reply
      .type('application/zip')
      .header('content-length', size)
      .header('content-disposition', attachment(`contrechamp-${username}.zip`))
      .header('cache-control', 'private, no-store')
      .send(Readable.from(exportBytes(forum.database, id, { run, size })))
  })

  const bringing = {
    schema: { body: Import, response: { 303: seeOther } },
    preValidation: signedIn,
    config: { formAgain: shown },
    bodyLimit: LARGEST_FORM,
  }
  app.post('/settings/data/import', bringing, async (request, reply) => {
    const count = await importSettings(forum, memberOf(request).id, request.body.settings)
    const shownCount = showNumber(count, request.page.language)
    return reply.tell({ key: 'done.imported', values: { count, shown: shownCount } }).redirect('/settings/data', 303)
  })

  const leaving = {
    schema: { body: Leave, response: { 303: seeOther } },
    preValidation: signedIn,
    config: { formAgain: shown },
  }
  app.post('/settings/data/leave', leaving, async (request, reply) => {
    const { password, posts } = request.body
    await leaveForum(forum, asking(request, password), posts)
    forgetSession(sessions, reply)
    clearStorage(reply)
    return reply.redirect('/settings/data/left', 303)
  })

  app.get('/settings/data/left', { schema: { response: { 200: htmlPage } } }, async (request, reply) =>
    reply.html(leftPage(request.page, RETENTION.formerMemberDays)),
  )

  async function shown(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const found = await exportOf(forum.database, memberOf(request).id)
    return dataPage(request.page, {
      archive: found && {
        state: found.state,
        size: found.size,
        until: daysBefore(found.askedAt, -RETENTION.exportDays),
      },
      daysKept: RETENTION.exportDays,
      asksPassword: !(await isFresh(forum, request)),
      settings: sentForm(request).text('settings'),
      daysToComeBack: RETENTION.formerMemberDays,
      posts: sentForm(request).text('posts') || 'keep',
      messages,
    })
  }
}

/** The header for a file name with any letters (RFC 8187). */
const attachment = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
