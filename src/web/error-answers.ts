import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { problemPage } from '../../views/errors/problem-page.ts'
import { loginPage } from '../../views/members/login-page.ts'
import { passwordAgainPage } from '../../views/members/password-again-page.ts'
import type { FieldMessages } from '../../views/page.ts'
import { MergedAway } from '../forum/discussion/find-thread.ts'
import type { Forum } from '../forum/forum.ts'
import { type NotNow, notNow } from '../platform/database/unreachable.ts'
import type { App } from '../platform/http/app.ts'
import { barePage } from '../platform/http/bare-page.ts'
import { keptForm } from '../platform/http/forms/kept-form.ts'
import { fieldProblems } from '../platform/http/forms/validation.ts'
import { occasionally } from '../platform/http/occasionally.ts'
import { wantsJson } from '../platform/http/wants-json.ts'
import { type FieldProblem, notFound, PASSWORD_NEEDED, Problem } from '../platform/problem.ts'
import type { Html } from '../platform/text/html.ts'
import { keepWaiting } from './forms-in-waiting.ts'
import { offersPasskeys } from './members/offers-passkeys.ts'
import { LONGEST_NEXT } from './shapes.ts'

/** Shows a form again with the values that were sent, and the errors beside their fields. */
export type FormAgain = (request: FastifyRequest, messages: FieldMessages) => Promise<Html>

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Shows the form whose data this route receives. */
    formAgain?: FormAgain
  }
}

/** Fastify's own errors that a person can cause. */
const FASTIFY_REFUSALS: Record<string, Problem> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new Problem(413, 'errors.too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new Problem(400, 'errors.bad_request'),
}

/** The `Retry-After` of a temporary failure. */
const SECONDS_UNTIL_LATER = 10

/** Answers everything that goes wrong, in the person's language and, for programs, as RFC 9457 problem details. */
export function answerErrors(app: App, forum: Forum): void {
  const logNotNow = occasionally((code: string, route: string | null) => {
    app.log.warn({ code, route }, 'could not be done just now')
  })

  async function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
    const now = notNow(error) ?? (isRefused(error) ? notNow(request.unrecognised) : null)
    if (now) {
      request.failedForNow = true
      logNotNow(now.code, request.routeOptions.url ?? null)
    }
    try {
      return await answer(now ? later(now) : error, request, reply)
    } catch (inner) {
      request.log.error({ err: inner, route: request.routeOptions.url ?? null }, 'failed to tell what failed')
      return reply.code(500).type('text/html; charset=utf-8').send(barePage(500, 'errors.failed'))
    }
  }

  app.setNotFoundHandler((request, reply) => answerError(notFound(), request, reply))
  app.setErrorHandler(answerError)

  async function answer(error: unknown, request: FastifyRequest, reply: FastifyReply) {
    if (error instanceof MergedAway && request.method === 'GET') return leadAway(error, request, reply)
    const problem = leadOn(asProblem(error), request)
    const { formAgain } = request.routeOptions.config
    if (problem?.key === PASSWORD_NEEDED && !wantsJson(request)) return askPassword(request, reply)
    if (problem?.status === 401 && !wantsJson(request)) return askToSignIn(request, reply)
    if (problem?.status !== 422 || !formAgain || wantsJson(request)) return tell(problem ?? error, request, reply)
    try {
      const form = await formAgain(request, messagesOf(problem.fields, request))
      return reply.code(422).html(form)
    } catch (inner) {
      // The form has no page any more, for example because its thread is gone. This second error says so.
      const now = notNow(inner)
      return tell(now ? later(now) : inner, request, reply)
    }
  }

  /** A member has to give their password again. A form keeps all that was typed. */
  function askPassword(request: FastifyRequest, reply: FastifyReply) {
    if (request.method === 'GET') {
      const next = request.url.length > LONGEST_NEXT ? '' : `?next=${encodeURIComponent(request.url)}`
      return reply.redirect(`/login/again${next}`, 303)
    }
    const kept = keptForm(request)
    const waiting = kept && keepWaiting(forum, request, reply, kept)
    return reply
      .code(401)
      .html(passwordAgainPage(request.page, { next: request.page.here, kept: waiting, messages: {} }))
  }

  /**
   * A form that needs a session goes to the login together with all that was typed. A page only leaves its address
   * there.
   */
  function askToSignIn(request: FastifyRequest, reply: FastifyReply) {
    if (request.method === 'GET') {
      const next = request.url.length > LONGEST_NEXT ? '' : `?next=${encodeURIComponent(request.url)}`
      return reply.redirect(`/login${next}`, 303)
    }
    const kept = keptForm(request)
    const waiting = kept && keepWaiting(forum, request, reply, kept)
    const passkeys = offersPasskeys(forum, request)
    return reply
      .code(401)
      .html(loginPage(request.page, { next: request.page.here, kept: waiting, passkeys, messages: {}, username: '' }))
  }
}

const BEFORE_THREAD = '/threads/'

/** Redirects to the thread into which this one was merged. */
function leadAway({ into }: MergedAway, { url }: FastifyRequest, reply: FastifyReply) {
  const [path = '', query = ''] = url.split('?', 2)
  const place = path.indexOf(BEFORE_THREAD)
  const before = path.slice(0, place)
  const named = path.slice(place + BEFORE_THREAD.length)
  const after = named.slice(named.search(/\D|$/))
  // Page numbers differ there, so a page of the thread leads to its start.
  if (before === '' && /^\/[^/]+$/.test(after)) return reply.redirect(`/threads/${into}`, 301)
  return reply.redirect(`${before}/threads/${into}${after}${query ? `?${query}` : ''}`, 301)
}

/** Whether a member might be allowed what a visitor is refused. Matters while sessions cannot be read. */
const isRefused = (error: unknown): boolean => error instanceof Problem && [401, 403, 404].includes(error.status)

const later = ({ reason }: NotNow) => new Problem(503, `errors.${reason}`, { retryAfter: SECONDS_UNTIL_LATER })

function tell(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = asProblem(error)
  if (!problem) request.log.error({ err: error, route: request.routeOptions.url ?? null }, 'failed')
  const status = problem?.status ?? 500
  reply.code(status)
  if (problem?.retryAfter) reply.header('retry-after', String(problem.retryAfter))
  if (wantsJson(request)) return reply.type('application/problem+json').send(problemDetails(problem, request))
  return reply.html(
    problemPage(request.page, {
      status,
      title: [
        request.page.t(problem?.key ?? 'errors.failed', problem?.values ?? {}),
        ...withoutForm(problem, request),
      ].join(' '),
      kept: keptForm(request),
      // Another site may have made up this text. The page offers it to copy, never to send.
      onlyToCopy: problem?.key === 'errors.other_site',
      instead: problem?.instead ?? null,
      reference: problem ? null : request.id,
    }),
  )
}

/** The field errors of a form that has no page of its own. */
const withoutForm = (problem: Problem | null, request: FastifyRequest): string[] =>
  problem?.status === 422 ? [...new Set(Object.values(messagesOf(problem.fields, request)))] : []

/**
 * Adds a link to a refusal: to the second factor for a role that needs one, and to the appeal for a member who is
 * silenced.
 */
function leadOn(problem: Problem | null, { member, page }: FastifyRequest): Problem | null {
  if (problem?.status !== 403) return problem
  if (member?.mustAddFactor) {
    const instead = { path: '/settings/security/totp', title: page.t('second_factor.set_up') }
    return new Problem(403, 'errors.factor_needed', { instead })
  }
  if (problem.key !== 'accounts.silenced') return problem
  return new Problem(403, problem.key, { instead: { path: '/appeal', title: page.t('appeals.offer') } })
}

/** Null for a bug. */
function asProblem(error: unknown): Problem | null {
  if (error instanceof Problem) return error
  if (!isFastifyError(error)) return null
  if (error.validation) return refusalOfValidation(error)
  const refusal = FASTIFY_REFUSALS[error.code]
  if (refusal) return refusal
  return error.statusCode && error.statusCode < 500 ? new Problem(400, 'errors.bad_request') : null
}

const isFastifyError = (error: unknown): error is FastifyError => error instanceof Error && 'code' in error

/** An invalid path parameter is 404, an invalid form 422, the rest 400. */
function refusalOfValidation(error: FastifyError): Problem {
  if (error.validationContext === 'params') return notFound()
  const fields = fieldProblems(error.validation ?? [])
  if (error.validationContext !== 'body') return new Problem(400, 'errors.bad_request', { fields })
  return new Problem(422, 'errors.invalid_form', { fields })
}

function messagesOf(fields: readonly FieldProblem[], request: FastifyRequest): FieldMessages {
  return Object.fromEntries(fields.map(({ field, key, values }) => [field, request.page.t(key, values ?? {})]))
}

function problemDetails(problem: Problem | null, request: FastifyRequest) {
  const status = problem?.status ?? 500
  return {
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    detail: request.page.t(problem?.key ?? 'errors.failed', problem?.values ?? {}),
    ...(problem?.fields.length ? { fields: messagesOf(problem.fields, request) } : {}),
    ...(problem ? {} : { reference: request.id }),
  }
}
