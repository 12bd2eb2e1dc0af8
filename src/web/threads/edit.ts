import type { FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import type { FieldMessages } from '../../../views/page.ts'
import { editPage } from '../../../views/threads/edit-page.ts'
import { editablePost, editPost } from '../../forum/discussion/edit-post.ts'
import { compare } from '../../forum/discussion/post-history.ts'
import type { PostWithWords } from '../../forum/discussion/post-in-thread.ts'
import { previewBody } from '../../forum/discussion/preview-body.ts'
import type { Forum } from '../../forum/forum.ts'
import { postPath } from '../../paths.ts'
import { htmlPage, made, problem, seeOther } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { sendPlace } from '../../platform/http/forms/send-place.ts'
import { sentForm } from '../../platform/http/forms/sent-form.ts'
import { wantsJson } from '../../platform/http/wants-json.ts'
import { Problem } from '../../platform/problem.ts'
import type { Html } from '../../platform/text/html.ts'
import { WRITTEN_LANGUAGES } from '../../platform/text/written-language/languages.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'
import { Body, ChosenLanguage, Id, PreviewButton } from '../shapes.ts'
import { idIn } from './thread-in-address.ts'

const Params = Type.Object({ id: Id })
const Edit = Type.Object({
  title: Type.Optional(Type.String({ maxLength: 2_000 })),
  body: Body,
  language: ChosenLanguage,
  version: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 })),
  preview: PreviewButton,
})

/** Editing one's own post. */
export function editRoutes(app: App, forum: Forum): void {
  const shown = { schema: { params: Params, response: { 200: htmlPage } }, preValidation: signedIn }
  app.get('/posts/:id/edit', shown, async (request, reply) => {
    const post = await editablePost(forum, request.params.id, memberOf(request))
    return reply.html(
      editPage(request.page, { ...formOf(post), title: titleOf(post), body: post.body, language: languageOf(post) }),
    )
  })

  const schema = { params: Params, body: Edit, response: { 200: htmlPage, 201: made, 303: seeOther, 409: problem } }
  const options = { schema, preValidation: signedIn, config: { formAgain } }
  app.post('/posts/:id/edit', options, async (request, reply) => {
    const { id } = request.params
    const { preview, ...edit }: Static<typeof Edit> = request.body
    const member = memberOf(request)
    if (preview) return reply.html(await previewed(request, id))
    try {
      const post = await editPost(forum, { post: id, member, ...edit })
      return sendPlace(request, reply, postPath(post.thread, post.number))
    } catch (error) {
      const conflicts = error instanceof Problem && error.status === 409 && !wantsJson(request)
      if (conflicts) return reply.code(409).html(await conflicting(request, id))
      throw error
    }
  })

  async function previewed(request: FastifyRequest, id: number): Promise<Html> {
    const post = await editablePost(forum, id, memberOf(request))
    const sent = asSent(request, post)
    const { chosen } = sent.language
    const told = chosen ? { language: chosen } : { language: request.page.language, guess: true }
    const source = { body: sent.body, ...told, thread: post.thread }
    const preview = await previewBody(forum, memberOf(request).id, source)
    return editPage(request.page, { ...formOf(post), ...sent, preview })
  }

  /** The form with the typed text, beside what the post says by now. Sending it again replaces that. */
  async function conflicting(request: FastifyRequest, id: number): Promise<Html> {
    const post = await editablePost(forum, id, memberOf(request))
    const sent = asSent(request, post)
    const [differences] = await compare(forum, memberOf(request), [post.body, sent.body])
    const conflict = differences ?? [
      { kind: 'removed' as const, text: post.body },
      { kind: 'added' as const, text: sent.body },
    ]
    return editPage(request.page, { ...formOf(post), ...sent, version: post.editCount, conflict })
  }

  async function formAgain(request: FastifyRequest, messages: FieldMessages): Promise<Html> {
    const post = await editablePost(forum, idIn(request), memberOf(request))
    return editPage(request.page, { ...formOf(post), ...asSent(request, post), messages })
  }
}

const titleOf = (post: PostWithWords) => (post.number === 1 ? post.thread.title : null)

const languageOf = ({ language, languageChosen }: PostWithWords) => ({
  chosen: languageChosen ? language : '',
  shown: language,
})

function formOf(post: PostWithWords) {
  const { id, number, thread, editCount } = post
  return { post: id, number, thread, version: editCount, preview: null, messages: {}, conflict: null }
}

function asSent(request: FastifyRequest, post: PostWithWords) {
  const sent = sentForm(request)
  return {
    title: post.number === 1 ? (sent.list('title')[0] ?? post.thread.title) : null,
    body: sent.text('body'),
    language: { chosen: WRITTEN_LANGUAGES.find((one) => one === sent.text('language')) ?? '', shown: post.language },
    version: Number(sent.text('version')) || 0,
  }
}
