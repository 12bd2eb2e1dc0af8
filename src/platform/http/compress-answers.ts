import type { App } from './app.ts'
import { compressQuickly } from './compress.ts'
import { acceptedEncodings } from './encodings.ts'
import { headerText } from './header-text.ts'

/** Below this, what is saved is less than what it costs. */
const WORTH_IT_CHARACTERS = 1_024

/** Compresses answers on their way out, but for the pages that are kept: see `kept-page.ts`. */
export function compressAnswers(app: App): void {
  app.addHook<unknown>('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < WORTH_IT_CHARACTERS) return payload
    if (reply.hasHeader('content-encoding')) return payload
    const { quickest: encoding } = acceptedEncodings(headerText(request.headers['accept-encoding']))
    if (encoding === 'identity') return payload
    reply.removeHeader('content-length').header('content-encoding', encoding)
    return compressQuickly(Buffer.from(payload), encoding)
  })
}
