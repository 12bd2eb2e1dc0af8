import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { appealPage } from '../../../views/moderation/appeal-page.ts'
import type { FieldMessages } from '../../../views/page.ts'
import type { Forum } from '../../forum/forum.ts'
import { appeal, readAppeal } from '../../forum/moderation/appeal.ts'
import { LONGEST_STATEMENT } from '../../limits.ts'
import { readSigned, sign } from '../../platform/crypto/signed.ts'
import { htmlPage, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { signInNeeded } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'

const PURPOSE = 'appeal'
/** How long a banned member has to write the appeal. */
const MINUTES = 60

const isSecure = ({ config }: Forum): boolean => config.origin.startsWith('https:')
const cookieName = (forum: Forum): string => (isSecure(forum) ? '__Host-appeal' : 'appeal')

/** A banned member gave the right password: for an hour this browser may appeal for them, and do nothing else. */
export function letAppeal(forum: Forum, reply: FastifyReply, memberId: number): void {
  const said = `${memberId}-${Date.now() + MINUTES * 60_000}`
  const options = { path: '/', sameSite: 'lax', httpOnly: true, secure: isSecure(forum) } as const
  reply.setCookie(cookieName(forum), sign(forum.secret, PURPOSE, said), { ...options, maxAge: MINUTES * 60 })
}

/** The member who appeals: signed in, or banned and has just given their password. @throws Problem 401 */
function whoAppeals(forum: Forum, request: FastifyRequest): number {
  if (request.member) return request.member.id
  const [id = '', end = ''] =
    readSigned(forum.secret, PURPOSE, request.cookies[cookieName(forum)] ?? '')?.split('-') ?? []
  if (!(Number(end) > Date.now())) throw signInNeeded()
  return Number(id)
}

/** Appeals of members against a sanction. */
export function appealRoutes(app: App, forum: Forum): void {
  app.get('/appeal', { schema: { response: { 200: htmlPage } } }, async (request, reply) =>
    reply.html(await page(request, {})),
  )

  const body = Type.Object({ body: Type.String({ maxLength: LONGEST_STATEMENT }) })
  const options = { schema: { body, response: { 303: seeOther } }, config: { formAgain: page } }
  app.post('/appeal', options, async (request, reply) => {
    await appeal(forum, whoAppeals(forum, request), request.body.body)
    return reply.redirect('/appeal', 303)
  })

  async function page(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const appealed = await readAppeal(forum.database, whoAppeals(forum, request))
    return appealPage(request.page, { ...appealed, body: sentForm(request).text('body'), messages })
  }
}
