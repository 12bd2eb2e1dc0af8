import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { FORMS, ODD, oddBody, oddHeaders, PLACES } from '../../support/odd-requests.ts'
import { threadBy } from '../../support/threads.ts'

t.test('whatever is asked, in whatever way, it is no fault of ours', async (t) => {
  const forum = await startForum(t, { LOG_LEVEL: 'error' })
  const zoe = await forum.member('Zoé')
  await threadBy(forum, 'Zoé')

  /** Sends a request to the letter, as `fetch` would not. */
  async function ask(method: string, path: string, headers: Record<string, string>, body?: string) {
    const sent = request(forum.origin, { method, path, headers }).end(body)
    const { promise, resolve, reject } = Promise.withResolvers<{ status: number; type: string; page: string }>()
    sent.on('error', reject).on('response', async (answer) => {
      const type = answer.headers['content-type'] ?? ''
      resolve({ status: answer.statusCode ?? 0, type, page: await text(answer) })
    })
    return promise
  }

  t.test('every address with something odd in it', async (t) => {
    for (const place of PLACES) {
      for (const odd of ODD) {
        for (const cookie of ['', zoe.cookieHeader]) {
          const path = place.replace('*', odd)
          const { status, type, page } = await ask('GET', path, { cookie, accept: 'text/html' })
          const fault = status >= 500 || (status >= 400 && !type.startsWith('text/html'))
          if (fault) t.fail(`${path.slice(0, 80)}: ${status} ${type} ${page.slice(0, 200)}`)
        }
      }
    }
    t.same(forum.logged, [])
  })

  t.test('a link whose end was cut off leads to its thread', async (t) => {
    for (const slug of ['une-cam%C3', 'cam%', '%D9%87%D']) {
      const visit = await forum.passerBy().follow(`/threads/1/${slug}`)
      t.equal(visit.status, 200, slug)
      t.ok(visit.document.querySelector('#post-1'))
    }
  })

  t.test('odd headers, forms and methods', async (t) => {
    const method = fc.constantFrom('GET', 'HEAD', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'OPTIONS')
    const property = fc.asyncProperty(
      method,
      fc.constantFrom(...FORMS),
      oddHeaders,
      oddBody,
      async (method, path, headers, { type, body }) => {
        const own = {
          'content-type': type,
          'content-length': String(Buffer.byteLength(body)),
          cookie: zoe.cookieHeader,
        }
        const { status } = await ask(method, path, { ...own, ...headers }, body)
        return status >= 200 && status < 500
      },
    )
    await t.resolves(fc.assert(property, { seed: 1, numRuns: 250 }))
    t.same(forum.logged, [])
  })
})
