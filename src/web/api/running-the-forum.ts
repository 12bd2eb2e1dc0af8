import { type Static, Type } from 'typebox'
import { lastDays } from '../../forum/administration/daily-totals.ts'
import { forumStatus } from '../../forum/administration/forum-status.ts'
import {
  lastTestMail,
  type MailInQueue,
  mailQueue,
  sendMailAgain,
  sendTestMail,
} from '../../forum/administration/mail-queue.ts'
import type { Forum } from '../../forum/forum.ts'
import { ADDRESS_PATTERN, LONGEST_ADDRESS } from '../../forum/members/email-key.ts'
import { json, nothing } from '../../platform/http/answers.ts'
import type { App } from '../../platform/http/app.ts'
import { MAIL_KINDS, MAIL_STATES } from '../../schema/enums.ts'
import { memberOf } from '../members/recognise-members.ts'
import { Id } from '../shapes.ts'
import { needs } from './access.ts'
import { administersByToken } from './administers-by-token.ts'
import { Moment, nullable } from './shapes.ts'

const Count = Type.Integer({ minimum: 0 })
const Bytes = Type.Number({ minimum: 0 })

const Status = Type.Object(
  {
    database_bytes: Bytes,
    free_bytes: Type.Number({ minimum: 0, description: 'Of the disk that holds the data folder' }),
    memory_bytes: Bytes,
    connections: Type.Object({ open: Count, idle: Count, awaited: Count, of_all: Count }),
    jobs: Type.Object({ waiting: Count, failed: Count }),
    mails_queued: Count,
    totals: Type.Object({ members: Count, threads: Count, posts: Count }, { description: 'Nearly exact' }),
    replicas: Type.Array(
      Type.Object({
        address: Type.String(),
        lag: nullable(Type.Number({ description: 'In seconds; null: it is away' })),
        used: Type.Boolean({ description: 'It is read from' }),
      }),
    ),
    days: Type.Array(
      Type.Object({
        day: Type.String({ format: 'date' }),
        members: Count,
        threads: Count,
        posts: Count,
        digests: Count,
      }),
      { description: 'What came on each of the last days' },
    ),
  },
  { title: 'Status' },
)

const QueuedMail = Type.Object(
  {
    id: Type.Integer(),
    kind: Type.Enum([...MAIL_KINDS]),
    to: nullable(Type.String({ description: 'The first sign and the host; null: there is no address any more' })),
    created_at: Moment,
    next_try_at: nullable(Moment),
    tries: Count,
    problem: nullable(Type.String()),
    can_be_sent: Type.Boolean({ description: 'Its text is still there' }),
  },
  { title: 'QueuedMail' },
)

const Outbox = Type.Object(
  {
    failed: Type.Array(QueuedMail),
    waiting: Type.Array(QueuedMail),
    test: nullable(
      Type.Object(
        { state: Type.Enum([...MAIL_STATES]), problem: nullable(Type.String()), created_at: Moment },
        { description: 'The last test mail' },
      ),
    ),
  },
  {
    title: 'Outbox',
    description: 'Mails that have failed or wait. What they say is on no route: it may open accounts',
  },
)

/** The state of the forum and its mails, for an admin's token with the scope `moderate`. */
export function runningTheForumRoutes(api: App, forum: Forum): void {
  const preValidation = administersByToken

  const reading = {
    config: needs('moderate', 'read_status'),
    schema: { response: { 200: json(Status) } },
    preValidation,
  }
  api.get('/admin/status', reading, async (): Promise<Static<typeof Status>> => {
    const [now, days] = await Promise.all([forumStatus(forum), lastDays(forum)])
    const { connections, jobs, totals } = now
    return {
      database_bytes: now.databaseBytes,
      free_bytes: now.freeBytes,
      memory_bytes: now.memoryBytes,
      connections: {
        open: connections.open,
        idle: connections.idle,
        awaited: connections.awaited,
        of_all: connections.ofAll,
      },
      ...{ jobs, totals, days },
      mails_queued: now.mailsQueued,
      replicas: (forum.replicas?.progress.states() ?? []).map(({ address, lag, isUsed }) => ({
        address,
        lag,
        used: isUsed,
      })),
    }
  })

  const listing = {
    config: needs('moderate', 'read_outbox'),
    schema: { response: { 200: json(Outbox) } },
    preValidation,
  }
  api.get('/admin/outbox', listing, async () => {
    const [{ failed, waiting }, test] = await Promise.all([mailQueue(forum), lastTestMail(forum)])
    return {
      failed: failed.map(mailAsJson),
      waiting: waiting.map(mailAsJson),
      test: test && { state: test.state, problem: test.problem, created_at: test.createdAt.toISOString() },
    }
  })

  const testing = {
    config: needs('moderate', 'send_test_mail'),
    schema: {
      body: Type.Object({ address: Type.String({ pattern: ADDRESS_PATTERN, maxLength: LONGEST_ADDRESS }) }),
      response: { 204: nothing },
    },
    preValidation,
  }
  api.post('/admin/outbox/test', testing, async (request, reply) => {
    await sendTestMail(forum, memberOf(request), request.body.address)
    return reply.code(204).send()
  })

  const again = {
    config: needs('moderate', 'send_mail_again'),
    schema: { params: Type.Object({ id: Id }), response: { 204: nothing } },
    preValidation,
  }
  api.post('/admin/outbox/:id/again', again, async (request, reply) => {
    await sendMailAgain(forum, request.params.id)
    return reply.code(204).send()
  })
}

const mailAsJson = ({ createdAt, nextTryAt, canBeSent, ...mail }: MailInQueue): Static<typeof QueuedMail> => ({
  ...{ id: mail.id, kind: mail.kind, to: mail.to, tries: mail.tries, problem: mail.problem },
  created_at: createdAt.toISOString(),
  next_try_at: nextTryAt?.toISOString() ?? null,
  can_be_sent: canBeSent,
})
