import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { readMemberPage } from '../../forum/discussion/member-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { ownProfile } from '../../forum/members/queries.ts'
import { memberPath, postPath } from '../../paths.ts'
import { json } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound } from '../../platform/problem.ts'
import { SCOPES } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { ChangedSettings, changeSettings } from '../settings/change-settings.ts'
import { Id } from '../shapes.ts'
import { needs, open } from './access.ts'
import { gathered, LINK, Limit, linkNext } from './lists.ts'
import { Moment, nullable, Role } from './shapes.ts'

const OwnPost = Type.Object(
  {
    id: Type.Integer(),
    thread: Type.Integer(),
    title: Type.String(),
    number: Type.Integer(),
    url: Type.String(),
    excerpt: Type.String(),
    language: Type.String(),
    created_at: Moment,
  },
  { title: 'PostOfMember' },
)

const Member = Type.Object(
  {
    username: Type.String(),
    role: Role,
    biography: Type.String(),
    created_at: Moment,
    url: Type.String(),
    items: Type.Array(OwnPost, { description: 'The last posts' }),
  },
  { title: 'Member' },
)

const Settings = Type.Object(
  {
    username: Type.String(),
    role: Role,
    scopes: Type.Array(Type.Enum([...SCOPES]), { description: 'What this token is for' }),
    expires_on: Type.String({ format: 'date', description: 'Its last day (UTC)' }),
    language: Type.String(),
    theme: Type.Enum(['auto', 'light', 'dark']),
    time_zone: nullable(Type.String({ description: 'An IANA name; null: the forum’s' })),
    biography: Type.String(),
    listed: Type.Enum(['yes', 'no'], { description: 'Whether search engines may show your profile' }),
    unread: Type.Integer({ description: 'Notifications that you have not read; counted up to a hundred' }),
  },
  { title: 'Settings' },
)

/** Public profiles of members, and the settings of the token's own member. */
export function memberRoutes(api: App, forum: Forum): void {
  const { database } = forum

  const reading = {
    config: open('read_member'),
    schema: {
      params: Type.Object({ username: Type.String({ maxLength: 200 }) }),
      querystring: Type.Object({ before: Type.Optional(Id), limit: Limit }),
      response: { 200: { ...json(Member), headers: LINK } },
    },
  }
  api.get('/members/:username', reading, async (request, reply) => {
    const { before, limit } = request.query
    const member = await gathered(limit, before && String(before), async (from, most) => {
      const asked = { before: from === undefined ? undefined : Number(from), most }
      const page = await readMemberPage(forum, request.params.username, asked)
      if (!page) throw notFound('members.not_found')
      return { ...page, items: page.posts }
    })
    linkNext(request, reply, 'before', member.next)
    const { username, role, biography, createdAt } = member
    return {
      ...{ username, role, biography, created_at: createdAt.toISOString(), url: memberPath(username) },
      items: member.items.map(({ id, number, thread, excerpt, language, createdAt }) => ({
        ...{ id, thread: thread.id, title: thread.title, number, excerpt, language },
        url: postPath(thread, number),
        created_at: createdAt.toISOString(),
      })),
    }
  })

  const own = { config: needs('read', 'read_settings'), schema: { response: { 200: json(Settings) } } }
  api.get('/settings', own, async (request) => settingsOf(request))

  const changing = {
    config: needs('write', 'change_settings'),
    schema: { body: ChangedSettings, response: { 200: json(Settings) } },
  }
  api.patch('/settings', changing, async (request) => {
    await changeSettings(forum, memberOf(request), request.body)
    return settingsOf(request)
  })

  async function settingsOf(request: FastifyRequest): Promise<Static<typeof Settings>> {
    const { id, unread } = memberOf(request)
    const { token } = request
    const profile = await ownProfile(database, id)
    if (!token || !profile) throw new Error('Somebody with a token and without an account')
    const { username, role, language, theme, timeZone, biography, listed } = profile
    return {
      ...{ username, role, language, biography, unread },
      theme: theme ?? 'auto',
      listed: listed ? ('yes' as const) : ('no' as const),
      time_zone: timeZone,
      scopes: token.scopes,
      expires_on: token.expiresOn,
    }
  }
}
