import { Type } from 'typebox'
import { logPage } from '../../../views/moderation/log-page.ts'
import { boardCatalogue, type Catalogue } from '../../forum/boards/catalogue.ts'
import type { Forum } from '../../forum/forum.ts'
import { mayAdminister } from '../../forum/members/permissions.ts'
import { type LoggedAct, readLog } from '../../forum/moderation/read-log.ts'
import { htmlPage } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import type { Worded } from '../../platform/text/i18n/worded.ts'
import { ACT_KINDS } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { moderates } from './moderates.ts'
import { threadNamed } from './thread-named.ts'

const Query = Type.Object({
  member: Type.Optional(Type.String({ maxLength: 200 })),
  thread: Type.Optional(Type.String({ maxLength: 2_000 })),
  kind: Type.Optional(Type.Enum(['', ...ACT_KINDS])),
  before: Type.Optional(Id),
})

const NOTHING = { acts: [], next: null }

/** The moderation log, for moderators. */
export function logRoutes(app: App, forum: Forum): void {
  const schema = { querystring: Query, response: { 200: htmlPage } }
  app.get('/moderation/log', { schema, preValidation: moderates }, async (request, reply) => {
    const { member = '', thread = '', kind = '', before } = request.query
    const named = threadNamed(thread)
    const asked = { member: member || undefined, thread: named ?? undefined, kind: kind || undefined, before }
    const found = thread.trim() && named === null ? NOTHING : await readLog(forum, asked)
    const boards = namesOfBoards(found.acts, await boardCatalogue(forum))
    const mayUndo = mayAdminister(memberOf(request))
    return reply.html(logPage(request.page, { ...found, boards, filters: { member, thread, kind }, mayUndo }))
  })
}

/** The names of all boards in these acts, by slug. */
function namesOfBoards(acts: readonly LoggedAct[], { withSlug }: Catalogue): Map<string, Worded> {
  const slugs = acts.flatMap(({ before, after }) => [before.boards, after.boards].flat())
  const boards = slugs.flatMap((slug) => (typeof slug === 'string' ? (withSlug(slug) ?? []) : []))
  return new Map(boards.map(({ slug, name }) => [slug, name]))
}
