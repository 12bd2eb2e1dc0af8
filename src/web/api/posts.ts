import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { deletePost, restorePost } from '../../forum/discussion/delete-post.ts'
import { editablePost, editPost } from '../../forum/discussion/edit-post.ts'
import { findThread } from '../../forum/discussion/find-thread.ts'
import { markUseful } from '../../forum/discussion/mark-useful.ts'
import { postHistory } from '../../forum/discussion/post-history.ts'
import { postWithWords } from '../../forum/discussion/post-in-thread.ts'
import { previewBody } from '../../forum/discussion/preview-body.ts'
import { replyToThread } from '../../forum/discussion/reply-to-thread.ts'
import { readTypedPost } from '../../forum/discussion/typed-posts.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayFindPost, maySeeVersions } from '../../forum/members/permissions.ts'
import { json, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { notFound, Problem } from '../../platform/problem.ts'
import { WRITTEN_LANGUAGES } from '../../platform/text/written-language/languages.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Body, Id, PostNumber, RequestId } from '../shapes.ts'
import { sentReason } from '../threads/sent-reason.ts'
import { needs, open } from './access.ts'
import { postAsJson } from './as-json.ts'
import { Limit, linkNext, listOf } from './lists.ts'
import { KeyHeader, madeOnce } from './once.ts'
import { editClash, Moment, Placed, Post, Reason, Tagged, WAITS } from './shapes.ts'

const params = Type.Object({ id: Id })
const onePost = { ...json(Post), headers: Tagged }

const Reply = Type.Object({
  body: Body,
  reply_to: Type.Optional(Type.Union([PostNumber, Type.Null()])),
  request_id: RequestId,
})

const Edit = Type.Object(
  {
    title: Type.Optional(
      Type.String({ maxLength: 2_000, description: 'With the first post: the title of its thread' }),
    ),
    body: Type.Optional(Body),
    language: Type.Optional(
      Type.Enum(['', ...WRITTEN_LANGUAGES], { description: 'The language that it is in; empty: to be guessed' }),
    ),
    version: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1, description: 'The same as `If-Match`' })),
  },
  { minProperties: 1 },
)
const IfMatch = Type.Object({
  'if-match': Type.Optional(Type.String({ maxLength: 1_000, description: 'The `ETag` of what was edited' })),
})

const Version = Type.Object(
  {
    version: Type.Integer({ minimum: 0 }),
    written_at: Moment,
    changes: Type.Array(
      Type.Object({ kind: Type.Enum(['same', 'added', 'removed', 'left_out']), text: Type.Optional(Type.String()) }),
    ),
  },
  { title: 'Version' },
)

export function postRoutes(api: App, forum: Forum): void {
  const replying = {
    config: needs('write', 'reply'),
    schema: {
      params,
      headers: KeyHeader,
      body: Reply,
      response: {
        201: { ...json(Post), headers: { ...Tagged, ...Placed } },
        202: { ...json(Post), description: WAITS },
      },
    },
  }
  api.post('/threads/:id/replies', replying, async (request, reply) => {
    const author = memberOf(request)
    const { body, reply_to: answered } = request.body
    const sent = { thread: request.params.id, author, body, replyTo: answered ?? undefined }
    const id = await madeOnce(forum, request, (requestId) => replyToThread(forum, { ...sent, requestId }))
    const post = await shown(request, reply, id)
    reply.code(post.held ? 202 : 201).header('location', `/api/v1/posts/${id}`)
    return post
  })

  api.get(
    '/posts/:id',
    { config: open('read_post'), schema: { params, response: { 200: onePost } } },
    (request, reply) => shown(request, reply, request.params.id),
  )

  const editing = {
    config: needs('write', 'edit_post'),
    schema: { params, headers: IfMatch, body: Edit, response: { 200: onePost, 409: editClash } },
  }
  api.patch('/posts/:id', editing, async (request, reply) => {
    const { id } = request.params
    const member = memberOf(request)
    const post = await editablePost(forum, id, member)
    const { title, language, body = post.body } = request.body
    const version = matched(request.headers['if-match'], post.editCount) ?? request.body.version ?? post.editCount
    try {
      await editPost(forum, { post: id, member, body, title, language, version })
    } catch (error) {
      if (!(error instanceof Problem && error.status === 409)) throw error
      return reply
        .code(409)
        .type('application/problem+json')
        .send(await clash(request, reply))
    }
    return shown(request, reply, id)
  })

  const Deletion = Type.Optional(Type.Object({ reason: Reason }))
  const deleting = {
    config: needs('write', 'delete_post'),
    schema: { params, body: Deletion, response: { 204: nothing } },
  }
  api.delete('/posts/:id', deleting, async (request, reply) => {
    await deletePost(forum, request.params.id, memberOf(request), sentReason(request))
    return reply.code(204).send()
  })

  const restoring = { config: needs('write', 'restore_post'), schema: { params, response: { 200: onePost } } }
  api.post('/posts/:id/restore', restoring, async (request, reply) => {
    await restorePost(forum, request.params.id, memberOf(request))
    return shown(request, reply, request.params.id)
  })

  const Useful = Type.Object({ useful: Type.Boolean() })
  const marking = {
    config: needs('write', 'mark_useful'),
    schema: { params, body: Useful, response: { 200: onePost } },
  }
  api.post('/posts/:id/useful', marking, async (request, reply) => {
    const { id } = request.params
    await markUseful(forum, { post: id, member: memberOf(request), useful: request.body.useful })
    return shown(request, reply, id)
  })

  const Versions = Type.Object({
    version: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 2, description: 'One of them, whole' })),
    before: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 ** 31 - 2 })),
    limit: Limit,
  })
  const versions = {
    config: open('list_versions'),
    schema: { params, querystring: Versions, response: { 200: listOf(Version) } },
  }
  api.get('/posts/:id/history', versions, async (request, reply) => {
    const post = await postWithWords(forum.database, request.params.id)
    if (!post || !mayFindPost(request.member, post) || !maySeeVersions(request.member, post)) {
      throw notFound('posts.not_found')
    }
    const { version, before, limit } = request.query
    const history = await postHistory(forum, post, request.member, { version, before })
    const items = history.versions.slice(0, limit)
    const last = items.at(-1)?.number ?? 0
    linkNext(request, reply, 'before', last > history.first && version === undefined ? String(last) : null)
    return {
      items: items.map(({ number, writtenAt, changes }) => ({
        version: number,
        written_at: writtenAt.toISOString(),
        changes,
      })),
    }
  })

  const Preview = Type.Object({ body: Body, thread: Type.Optional(Id) })
  const looking = {
    config: needs('write', 'preview'),
    schema: { body: Preview, response: { 200: json(Type.Object({ html: Type.String(), language: Type.String() })) } },
  }
  api.post('/preview', looking, async (request) => {
    const { body, thread: id } = request.body
    const member = memberOf(request)
    const thread = id === undefined ? null : await findThread(forum, id, member)
    const source = { body, language: member.language, guess: true, thread }
    const { html, language } = await previewBody(forum, member.id, source)
    return { html: html.toString(), language }
  })

  async function shown(request: FastifyRequest, reply: FastifyReply, id: number): Promise<Static<typeof Post>> {
    const { thread, post } = await readTypedPost(forum, id, request.member)
    if (post.version !== null) reply.header('etag', tagOf(post.version))
    return postAsJson(thread, post)
  }

  async function clash(
    request: FastifyRequest<{ Params: Static<typeof params>; Body: Static<typeof Edit> }>,
    reply: FastifyReply,
  ): Promise<Static<(typeof editClash.content)['application/problem+json']['schema']>> {
    const current = await shown(request, reply, request.params.id)
    const { title, body } = request.body
    const sent = { ...(title === undefined ? {} : { title }), ...(body === undefined ? {} : { body }) }
    return {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: request.page.t('api.edited_meanwhile'),
      current,
      sent,
    }
  }
}

const tagOf = (version: number): string => `"${version}"`

/** For a tag that is not one of ours: it matches no version. */
const NO_VERSION = -1

/**
 * The version that a program has edited, from `If-Match` (RFC 9110, 13.1.1); null without the header. The API never
 * makes weak tags, so a weak tag matches nothing.
 */
function matched(header: string | undefined, present: number): number | null {
  if (header === undefined) return null
  const tags = header.split(',').map((tag) => tag.trim())
  if (tags.includes('*') || tags.includes(tagOf(present))) return present
  const [, version] = /^"(\d{1,9})"$/.exec(tags[0] ?? '') ?? []
  return version === undefined ? NO_VERSION : Number(version)
}
