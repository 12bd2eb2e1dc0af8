import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { DONE, type Told } from '../../views/parts/told.ts'
import type { App } from '../platform/http/app.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** What was done for this member, until a page says it. */
    readonly told: readonly Told[]
  }
  interface FastifyReply {
    /** Says on the next page what was done. */
    tell(...done: Told[]): FastifyReply
  }
}

const COOKIE = 'told'
/** Long enough to reach the next page. */
const SECONDS = 60
/** A new account has the most: that it exists, where the link went, what it follows, what it was made for. */
const MOST = 4

const ToldBefore = Type.Array(
  Type.Object({
    key: Type.Enum([...DONE]),
    values: Type.Record(Type.String(), Type.Union([Type.String({ maxLength: 400 }), Type.Number()])),
  }),
  { maxItems: MOST },
)

/** Carries what was done from the answer of a form to the next page, in a cookie that the page deletes. */
export function tellWhatWasDone(app: App, secure: boolean): void {
  const options = { path: '/', sameSite: 'lax', httpOnly: true, secure } as const
  app.decorateRequest('told', {
    getter() {
      return readTold(this.cookies?.[COOKIE])
    },
  })
  app.decorateReply('tell', function tell(this: FastifyReply, ...done: Told[]) {
    const told = [...this.request.told, ...done].slice(-MOST)
    return this.setCookie(COOKIE, written(told), { ...options, maxAge: SECONDS })
  })
  app.addHook<unknown>('onSend', async (request, reply, payload) => {
    const isPage = String(reply.getHeader('content-type')).startsWith('text/html')
    if (isPage && request.member && request.told.length > 0) reply.clearCookie(COOKIE, options)
    return payload
  })
}

const written = (told: readonly Told[]): string => Buffer.from(JSON.stringify(told)).toString('base64url')

/** The cookie for a request that is sent within this process. */
export const toldCookie = (told: readonly Told[]): string => `${COOKIE}=${written(told)}`

/** Nothing when the cookie is not one that `written` made. */
function readTold(carried: string | undefined): readonly Told[] {
  if (!carried) return []
  try {
    const told: unknown = JSON.parse(Buffer.from(carried, 'base64url').toString('utf8'))
    return Value.Check(ToldBefore, told) ? told : []
  } catch {
    return []
  }
}
