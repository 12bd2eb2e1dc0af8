import { eq, sql } from 'drizzle-orm'
import t from 'tap'
import { MOST_TOKENS } from '../../../src/limits.ts'
import { apiTokens } from '../../../src/schema/api.ts'
import { PASSWORD, startForum } from '../../support/forum.ts'
import { Program, tokenOf } from '../../support/program.ts'
import { ban, unban } from '../../support/sanctions.ts'
import { threadBy } from '../../support/threads.ts'
import { until } from '../../support/until.ts'

const TOMORROW = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)

t.test('a member and their tokens', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const programWith = (token: string) => new Program(forum.origin, token)

  t.test('a token is shown once, known by its prefix, and stored as a hash', async (t) => {
    const made = await zoe.post('/settings/tokens', { name: 'Carte', scopes: ['read', 'write'], expires_on: TOMORROW })
    t.equal(made.status, 200)
    t.match(made.headers.get('cache-control'), 'no-store')
    const token = made.text('[data-token]')
    t.match(token, /^contrechamp_[\w-]{43}$/)
    const page = await zoe.get('/settings/tokens')
    t.notMatch(page.body, token)
    t.match(page.text('.lines'), /Carte lire, écrire, .*jamais servi/)
    const rows = await forum.database.select().from(apiTokens)
    t.notMatch(JSON.stringify(rows), token.slice(12))
    t.notMatch(forum.logged.join('\n'), token)
  })

  t.test('needs the password again where it was said long ago, so that an open window alone makes none', async (t) => {
    const lea = await forum.member('Léa')
    await forum.database.execute(sql`update sessions set confirmed_at = now() - interval '1 hour'`)
    const asked = await lea.post('/settings/tokens', { name: 'Carte', scopes: 'read' })
    t.notOk(asked.document.querySelector('[data-token]'))
    await forum.database.execute(sql`update sessions set confirmed_at = now()`)
    t.ok((await lea.post('/settings/tokens', { name: 'Carte', scopes: 'read' })).text('[data-token]'))
  })

  t.test('it acts for its member, without cookie or Origin, and the day is remembered', async (t) => {
    const token = await tokenOf(zoe, 'read', 'write')
    const program = programWith(token)
    const reply = await program.post(`/api/v1/threads/${thread.id}/replies`, { body: 'Par un programme.' })
    t.equal(reply.status, 201)
    t.equal(reply.json.author, 'Zoé')
    const today = new Date().toISOString().slice(0, 10)
    const usedOn = async () =>
      (await forum.database.select().from(apiTokens).where(sql`last_used_on is not null`)).at(-1)?.lastUsedOn
    await until(async () => (await usedOn()) === today)
    t.match((await zoe.get('/settings/tokens')).text('.lines'), 'servi le')
  })

  t.test('a wrong, ended or revoked one opens nothing, where reading is open neither', async (t) => {
    for (const authorization of [
      'Bearer contrechamp_x',
      'Bearer ',
      'Basic WmXDqTp4',
      'x',
      `Bearer ${'a'.repeat(300)}`,
    ]) {
      const answer = await new Program(forum.origin).get('/api/v1/threads', { authorization })
      t.equal(answer.status, 401, authorization.slice(0, 30))
      t.match(answer.headers.get('www-authenticate'), 'error="invalid_token"')
      t.match(answer.headers.get('content-type'), 'application/problem+json')
    }
    const ended = await tokenOf(zoe, 'read')
    await forum.database
      .update(apiTokens)
      .set({ expiresOn: YESTERDAY })
      .where(eq(apiTokens.id, await newest()))
    t.equal((await programWith(ended).get('/api/v1/threads')).status, 401)

    const revoked = await tokenOf(zoe, 'read')
    t.equal((await programWith(revoked).get('/api/v1/threads')).status, 200)
    const max = await forum.member('Max')
    const id = await newest()
    t.equal((await max.post(`/settings/tokens/${id}/revoke`)).status, 404, 'not by somebody else')
    t.equal((await programWith(revoked).get('/api/v1/threads')).status, 200)
    const done = await zoe.post(`/settings/tokens/${id}/revoke`)
    t.equal(done.status, 303)
    t.match((await zoe.follow(done.location ?? '')).text('.notice'), 'révoqué')
    t.equal((await programWith(revoked).get('/api/v1/threads')).status, 401)
  })

  t.test('nor does a banned member’s', async (t) => {
    const eve = await forum.member('Ève')
    const program = programWith(await tokenOf(eve, 'read', 'write'))
    t.equal((await program.get('/api/v1/settings')).status, 200)
    await ban(forum, 'Ève')
    t.equal((await program.get('/api/v1/threads')).status, 401)
    await unban(forum, 'Ève')
    t.equal((await program.get('/api/v1/threads')).status, 200, 'who may come back need not begin anew')
  })

  t.test('a new password ends all of them', async (t) => {
    const ida = await forum.member('Ida')
    const program = programWith(await tokenOf(ida, 'read'))
    const chosen = 'encore quatre mots différents'
    const changed = await ida.post('/settings/security', {
      action: 'change-password',
      current_password: PASSWORD,
      new_password: chosen,
    })
    t.equal(changed.status, 303)
    t.equal((await program.get('/api/v1/threads')).status, 401)
    t.match((await ida.get('/settings/tokens')).text('.empty'), 'Aucun jeton')
  })

  t.test('each scope stands for itself, and a missing one is named', async (t) => {
    const reading = programWith(await tokenOf(zoe, 'read'))
    const writing = programWith(await tokenOf(zoe, 'write'))
    for (const [program, method, path, scope] of [
      [reading, 'POST', `/api/v1/threads/${thread.id}/replies`, 'write'],
      [reading, 'PATCH', '/api/v1/posts/1', 'write'],
      [reading, 'DELETE', '/api/v1/posts/1', 'write'],
      [writing, 'GET', '/api/v1/notifications', 'read'],
      [writing, 'GET', '/api/v1/threads', 'read'],
      [writing, 'POST', `/api/v1/threads/${thread.id}/lock`, 'moderate'],
    ] as const) {
      const answer = await program.ask(method, path, method === 'GET' ? undefined : { body: 'Non' })
      t.equal(answer.status, 403, `${method} ${path}`)
      t.match(answer.headers.get('www-authenticate'), `error="insufficient_scope", scope="${scope}"`)
      t.match(answer.json.detail, scope)
    }
  })

  t.test('a moderator’s token moderates only if it is for that', async (t) => {
    const mo = await forum.member('Mo', 'moderator')
    const plain = programWith(await tokenOf(mo, 'read', 'write'))
    const refused = await plain.ask('DELETE', '/api/v1/posts/1')
    t.equal(refused.status, 403)
    t.match(refused.headers.get('www-authenticate'), 'scope="moderate"')
    const full = programWith(await tokenOf(mo, 'read', 'write', 'moderate'))
    t.match(await full.post(`/api/v1/threads/${thread.id}/lock`), { status: 200, json: { locked: true } })
    const late = await programWith(await tokenOf(zoe, 'write')).post(`/api/v1/threads/${thread.id}/replies`, {
      body: '!',
    })
    t.equal(late.status, 403)
    t.match(await full.post(`/api/v1/threads/${thread.id}/unlock`), { status: 200, json: { locked: false } })
    t.match(await full.post(`/api/v1/threads/${thread.id}/remove`, { reason: 'Essai' }), { json: { removed: true } })
    t.equal((await plain.get(`/api/v1/threads/${thread.id}`)).status, 404)
    t.equal((await new Program(forum.origin).get(`/api/v1/threads/${thread.id}/posts`)).status, 404)
    t.match(await full.post(`/api/v1/threads/${thread.id}/restore`), { json: { removed: false } })
    t.match(await full.post(`/api/v1/threads/${thread.id}/move`, { boards: ['nice'] }), { json: { boards: ['nice'] } })
  })

  t.test('the scope alone makes nobody a moderator', async (t) => {
    const program = programWith(await tokenOf(zoe, 'read', 'write', 'moderate'))
    t.equal((await program.post(`/api/v1/threads/${thread.id}/lock`)).status, 403)
    t.equal((await new Program(forum.origin).get(`/api/v1/threads/${thread.id}`)).json.locked, false)
  })

  t.test('a session is no token, and a token no session', async (t) => {
    const { cookieHeader: cookie } = zoe
    const program = new Program(forum.origin)
    const written = await program.post('/api/v1/threads/1/replies', { body: 'Par un autre site' }, { cookie })
    t.equal(written.status, 401)
    t.match(written.headers.get('www-authenticate'), 'Bearer')
    t.equal((await program.get('/api/v1/notifications', { cookie })).status, 401)
    t.equal((await program.get('/api/v1/threads/1', { cookie })).json.may !== null, true)
    const page = await program.get('/settings/tokens', {
      authorization: `Bearer ${await tokenOf(zoe, 'read', 'write')}`,
    })
    t.equal(page.status, 303, 'to the login')
  })

  t.test('from wherever a program sends, a token needs no Origin', async (t) => {
    const program = programWith(await tokenOf(zoe, 'write'))
    const elsewhere = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'user-agent': 'Mozilla/5.0' }
    const reply = await program.post(`/api/v1/threads/${thread.id}/replies`, { body: 'D’ailleurs.' }, elsewhere)
    t.equal(reply.status, 201)
    t.equal(reply.headers.get('access-control-allow-origin'), null, 'but no page of another site reads the answer')
  })

  t.test('another site can neither make nor end one', async (t) => {
    const from = { origin: 'https://evil.example' }
    t.equal((await zoe.post('/settings/tokens', { name: 'x', scopes: 'read' }, from)).status, 403)
    t.equal((await zoe.post(`/settings/tokens/${await newest()}/revoke`, {}, from)).status, 403)
  })

  t.test('what cannot stay as it is comes back as it was sent', async (t) => {
    for (const [fields, field] of [
      [{ name: ' ', scopes: ['read'], expires_on: TOMORROW }, 'name'],
      [{ name: 'x'.repeat(61), scopes: ['read'], expires_on: TOMORROW }, 'name'],
      [{ name: 'x', expires_on: TOMORROW }, 'scopes'],
      [{ name: 'x', scopes: ['admin'], expires_on: TOMORROW }, 'scopes'],
      [{ name: 'x', scopes: ['read'], expires_on: YESTERDAY }, 'expires_on'],
      [{ name: 'x', scopes: ['read'], expires_on: '2027-02-30' }, 'expires_on'],
      [{ name: 'x', scopes: ['read'], expires_on: 'demain' }, 'expires_on'],
    ] as const) {
      const answer = await zoe.post('/settings/tokens', fields as Record<string, string | string[]>)
      t.equal(answer.status, 422, JSON.stringify(fields))
      t.ok(answer.text(`#${field}-problem`), field)
      t.equal(answer.document.querySelector<HTMLInputElement>('[name=name]')?.value, fields.name)
    }
  })

  t.test('there is an end to how many one may have, also of those made at once', async (t) => {
    const many = await forum.member('Nadia')
    const asked = Array.from({ length: MOST_TOKENS + 3 }, () =>
      many.post('/settings/tokens', { name: 'x', scopes: 'read' }),
    )
    const made = await Promise.all(asked)
    t.equal(made.filter(({ status }) => status === 200).length, MOST_TOKENS)
    t.equal(made.filter(({ status }) => status === 422).length, 3)
    t.match(made.find(({ status }) => status === 422)?.text('.problems'), 'révoquer')
  })

  async function newest(): Promise<number> {
    const rows = await forum.database.select({ id: apiTokens.id }).from(apiTokens).orderBy(sql`id desc`).limit(1)
    return rows[0]?.id ?? 0
  }
})
