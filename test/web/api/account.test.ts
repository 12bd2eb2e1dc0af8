import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { Program, type ProgramAnswer, tokenOf } from '../../support/program.ts'
import { threadBy } from '../../support/threads.ts'

const itemsOf = ({ json }: ProgramAnswer) => (Array.isArray(json.items) ? json.items.map(Object) : [])

t.test('what members set for themselves, by program', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  await forum.member('Max')
  const program = new Program(forum.origin, await tokenOf(zoe, 'read', 'write'))
  const reading = new Program(forum.origin, await tokenOf(zoe, 'read'))
  await threadBy(forum, 'Max')

  t.test('tokens are listed and revoked, and none is made', async (t) => {
    const tokens = itemsOf(await program.get('/api/v1/settings/tokens'))
    t.match(tokens, [
      { scopes: ['read'], this_one: false },
      { scopes: ['read', 'write'], this_one: true },
    ])
    t.equal((await program.post('/api/v1/settings/tokens', { name: 'x', scopes: ['read'] })).status, 404)
    t.equal((await reading.post(`/api/v1/settings/tokens/${tokens[0]?.id}/revoke`)).status, 403)
    t.equal((await program.post(`/api/v1/settings/tokens/${tokens[0]?.id}/revoke`)).status, 204)
    t.equal((await reading.get('/api/v1/settings')).status, 401)
    t.equal((await program.post('/api/v1/settings/tokens/9999/revoke')).status, 404)
  })

  t.test('digests are chosen, each choice by itself', async (t) => {
    const before = (await program.get('/api/v1/settings/email')).json
    t.match(before, { rhythm: String, hour: Number, time_zone: String, notify_by_mail: Boolean })
    const changed = await program.ask('PATCH', '/api/v1/settings/email', { rhythm: 'weekly', weekday: 3, hour: 8 })
    t.same(changed.json, { ...before, rhythm: 'weekly', weekday: 3, hour: 8 })
    t.equal((await program.ask('PATCH', '/api/v1/settings/email', { time_zone: 'Ys/Sous-les-eaux' })).status, 422)
    t.equal((await program.ask('PATCH', '/api/v1/settings/email', { hour: 25 })).status, 422)
  })

  t.test('a webhook is added, read, switched on and removed', async (t) => {
    const url = 'https://exemple.org/crochet'
    const made = await program.post('/api/v1/settings/webhooks', { url, events: ['thread', 'flag'], city: 'nice' })
    t.match(made, { status: 201, json: { address: url, events: ['thread'], boards: ['nice'], secret: /^whsec_/ } })
    const path = made.headers.get('location') ?? ''
    const whoReads = new Program(forum.origin, await tokenOf(zoe, 'read'))
    t.equal((await whoReads.get(path)).status, 403, 'many addresses are secrets')
    t.equal((await whoReads.get('/api/v1/settings/webhooks')).status, 403)
    t.match((await program.get(path)).json, { id: made.json.id, off_at: null })
    t.equal('secret' in (await program.get(path)).json, false)
    t.match(itemsOf(await program.get('/api/v1/settings/webhooks')), [{ address: url }])
    t.same(itemsOf(await program.get(`${path}/deliveries?limit=100`)), [])
    t.equal((await program.post(`${path}/deliveries/1/again`)).status, 404)
    t.equal((await program.post(`${path}/on`)).status, 204)
    t.equal((await program.post('/api/v1/settings/webhooks', { url: 'http://127.0.0.1/', events: [] })).status, 422)
    t.equal((await program.post(`${path}/remove`)).status, 204)
    t.equal((await program.get(path)).status, 404)
  })

  t.test('posts are put aside with a note, listed page by page, and out of sight they say nothing', async (t) => {
    const { thread } = await threadBy(forum, 'Max', { title: 'Le devis', replies: 1 })
    const posts = itemsOf(await program.get(`/api/v1/threads/${thread.id}/posts`))
    const keep = (index: number, sent: object) => program.post(`/api/v1/posts/${posts[index]?.id}/bookmark`, sent)
    t.equal((await keep(0, { keep: true, note: ' À relire ' })).status, 204)
    t.equal((await keep(1, { keep: true })).status, 204)
    t.equal((await keep(0, { keep: true })).status, 204, 'again: its note stays')
    t.equal((await program.post('/api/v1/posts/99999/bookmark', { keep: true })).status, 404)
    const first = await program.get('/api/v1/bookmarks?limit=1')
    t.match(itemsOf(first), [{ id: posts[1]?.id, note: '', post: { number: 2, title: 'Le devis', author: 'Max' } }])
    const [, next = ''] = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '') ?? []
    t.match(itemsOf(await program.get(next)), [{ id: posts[0]?.id, note: 'À relire' }])
    const moderator = await forum.member('Mo', 'moderator')
    await moderator.post(`/posts/${posts[1]?.id}/hide`, { reason: 'Hors sujet' })
    t.match(itemsOf(await program.get('/api/v1/bookmarks')), [{ post: null }, { note: 'À relire' }])
    t.equal((await keep(0, { keep: false })).status, 204)
    t.equal(itemsOf(await program.get('/api/v1/bookmarks')).length, 1)
  })

  t.test('browsers that are told are listed and removed, and none is added', async (t) => {
    await zoe.post('/settings/push', { address: 'https://push.exemple.org/un' })
    const [browser] = itemsOf(await program.get('/api/v1/settings/push'))
    t.match(browser, { id: Number, device: String, created_at: String })
    t.equal((await program.post('/api/v1/settings/push', { address: 'https://push.exemple.org/deux' })).status, 404)
    t.equal((await program.post(`/api/v1/settings/push/${browser?.id}/remove`)).status, 204)
    t.same(itemsOf(await program.get('/api/v1/settings/push')), [])
  })

  t.test('who is silenced appeals, once, and reads the answer', async (t) => {
    t.equal((await program.get('/api/v1/appeal')).status, 404, 'there is nothing to appeal against')
    await (await forum.member('Ma', 'moderator')).post(`/members/${encodeURIComponent('Zoé')}/silence`, {
      reason: 'Insultes',
      days: '3',
    })
    t.match((await program.get('/api/v1/appeal')).json, {
      sanction: { kind: 'silence', reason: 'Insultes', until: String },
      appeal: null,
    })
    t.equal((await program.post('/api/v1/appeal', { body: ' ' })).status, 422)
    const made = await program.post('/api/v1/appeal', { body: 'C’était une citation.' })
    t.match(made, { status: 201, json: { appeal: { words: 'C’était une citation.', closed_at: null } } })
    t.equal((await program.post('/api/v1/appeal', { body: 'Encore' })).status, 409)
    await forum.database.execute(sql`update sanctions set lifted_at = now()`)
  })

  t.test('a member is muted, and heard again', async (t) => {
    t.equal((await program.post('/api/v1/members/Max/mute')).status, 204)
    t.match((await zoe.get('/members/Max')).body, 'action="/members/Max/unmute"')
    t.equal((await program.post('/api/v1/members/Max/unmute')).status, 204)
    t.equal((await program.post('/api/v1/members/personne/mute')).status, 404)
  })

  t.test('what would give somebody the account is on no route', async (t) => {
    for (const path of [
      'security',
      'security/passkeys',
      'data/export',
      'data/import',
      'data/leave',
      'tokens',
      'email',
    ]) {
      t.equal((await program.post(`/api/v1/settings/${path}`, {})).status, 404, path)
    }
    t.match((await forum.passerBy().get('/api/docs')).text('main'), /redemandent le mot de passe/)
  })
})

t.test('what administrators do, by program', async (t) => {
  const forum = await startForum(t)
  await forum.member('Max')
  const ines = await forum.member('Inès', 'admin')
  const admin = new Program(forum.origin, await tokenOf(ines, 'read', 'write', 'moderate'))
  const writing = new Program(forum.origin, await tokenOf(ines, 'read', 'write'))
  const moderator = new Program(
    forum.origin,
    await tokenOf(await forum.member('Mo', 'moderator'), 'read', 'write', 'moderate'),
  )
  const { thread } = await threadBy(forum, 'Max', { replies: 3 })

  t.test('boards are made, changed, archived, opened again and merged', async (t) => {
    const made = await admin.post('/api/v1/admin/boards', {
      kind: 'city',
      name_fr: 'Brest',
      latitude: 48.39,
      longitude: -4.49,
    })
    t.match(made, { status: 201, json: { slug: 'brest', kind: 'city', name: { fr: 'Brest' }, archived_at: null } })
    t.match((await admin.ask('PATCH', '/api/v1/admin/boards/brest', { name_en: 'Brest (FR)' })).json, {
      name: { fr: 'Brest', en: 'Brest (FR)' },
      latitude: 48.39,
    })
    t.match((await admin.post('/api/v1/admin/boards', { kind: 'city', name_fr: '' })).json, { status: 422 })
    t.type((await admin.post('/api/v1/admin/boards/brest/archive')).json.archived_at, 'string')
    t.equal((await admin.post('/api/v1/admin/boards/brest/unarchive')).json.archived_at, null)
    t.match((await admin.post('/api/v1/admin/boards/brest/merge', { into: 'rennes' })).json, { slug: 'rennes' })
    t.ok(itemsOf(await admin.get('/api/v1/admin/boards')).length > 20)
  })

  t.test('members are found, and given roles', async (t) => {
    t.match(itemsOf(await admin.get('/api/v1/admin/members?q=ma&limit=1')), [{ username: 'Max', role: 'member' }])
    t.equal((await admin.post('/api/v1/admin/members/Max/role', { role: 'moderator' })).status, 204)
    t.match(itemsOf(await admin.get('/api/v1/admin/members?role=moderator&limit=100')), [
      { username: 'Mo' },
      { username: 'Max' },
    ])
    t.equal((await admin.post('/api/v1/admin/members/Max/role', { role: 'member' })).status, 204)
    const last = await admin.post(`/api/v1/admin/members/${encodeURIComponent('Inès')}/role`, { role: 'member' })
    t.equal(last.status, 422)
  })

  t.test('the settings of the forum are read and changed, each by itself', async (t) => {
    t.match((await admin.ask('PATCH', '/api/v1/admin/settings', { name: 'Regards', newcomer_links: 2 })).json, {
      name: 'Regards',
      newcomer_links: '2',
      registration: 'open',
    })
    t.match((await admin.get('/api/v1/admin/settings')).json, { name: 'Regards' })
    t.equal((await admin.ask('PATCH', '/api/v1/admin/settings', { registration: 'nobody' })).status, 422)
  })

  t.test('what was changed of the settings and of a board is set back, as the log has it', async (t) => {
    const log = async (kind: string) => itemsOf(await admin.get(`/api/v1/moderation/log?kind=${kind}&limit=1`))[0]?.id
    await admin.ask('PATCH', '/api/v1/admin/settings', { name: 'Autre nom' })
    const act = await log('settings')
    t.match((await admin.post('/api/v1/admin/settings/undo', { act })).json, { name: 'Regards' })
    t.equal((await admin.post('/api/v1/admin/settings/undo', { act })).status, 409, 'it was changed since')
    t.equal((await admin.post('/api/v1/admin/settings/undo', { act: 99_999 })).status, 404)
    await admin.ask('PATCH', '/api/v1/admin/boards/nice', { name_fr: 'Nissa', slug: 'nissa' })
    const undone = await admin.post('/api/v1/admin/boards/nissa/undo', { act: await log('board_change') })
    t.match(undone, { status: 200, json: { slug: 'nice', name: { fr: 'Nice' } } })
  })

  t.test('the forum says how it is, and which mails wait: never what they say', async (t) => {
    const { json, status } = await admin.get('/api/v1/admin/status')
    t.equal(status, 200)
    t.match(json, { connections: { open: Number }, jobs: { failed: 0 }, replicas: [], days: Array })
    t.equal((await admin.post('/api/v1/admin/outbox/test', { address: 'personne' })).status, 422)
    t.equal((await admin.post('/api/v1/admin/outbox/test', { address: 'essai@exemple.org' })).status, 204)
    const outbox = (await admin.get('/api/v1/admin/outbox')).json
    t.match(outbox, { failed: [], test: { state: 'queued', problem: null } })
    const [mail] = Array.isArray(outbox.waiting) ? outbox.waiting : []
    t.match(mail, { kind: 'test', to: 'e…@exemple.org', can_be_sent: true })
    t.equal((await admin.post(`/api/v1/admin/outbox/${mail.id}/again`)).status, 204)
    t.equal((await admin.post('/api/v1/admin/outbox/99999/again')).status, 404)
    t.equal((await admin.get('/api/v1/admin/outbox/1')).status, 404, 'its links open accounts')
  })

  t.test('what a flood has posted is hidden and comes back, and a post is deleted for good', async (t) => {
    t.equal((await moderator.post('/api/v1/members/Max/purge', { hours: 1, reason: 'Flot' })).status, 204)
    t.equal((await new Program(forum.origin).get(`/api/v1/threads/${thread.id}`)).status, 404)
    t.equal((await moderator.post('/api/v1/members/Max/unpurge')).status, 204)
    t.equal((await new Program(forum.origin).get(`/api/v1/threads/${thread.id}`)).status, 200)
    const [, second] = itemsOf(await admin.get(`/api/v1/threads/${thread.id}/posts`))
    t.equal((await moderator.post(`/api/v1/posts/${second?.id}/erase`, { reason: 'Nom' })).status, 403)
    t.match(await admin.post(`/api/v1/posts/${second?.id}/erase`, { reason: 'Nom' }), {
      status: 200,
      json: { body: null },
    })
  })

  t.test('invitations are made, and their codes told once', async (t) => {
    t.match(await moderator.post('/api/v1/invitations'), { status: 201, json: { code: String } })
    t.match(itemsOf(await moderator.get('/api/v1/invitations')), [{ used_by: null }])
  })

  t.test('jobs are listed, and tried again', async (t) => {
    t.equal((await admin.get('/api/v1/admin/jobs')).status, 200)
    t.equal((await admin.post('/api/v1/admin/jobs/999999/again')).status, 404)
  })

  t.test('no moderator does, nor an admin whose token is not for it', async (t) => {
    for (const [method, path, sent] of [
      ['GET', '/api/v1/admin/boards'],
      ['POST', '/api/v1/admin/boards', { kind: 'city', name_fr: 'Ys' }],
      ['GET', '/api/v1/admin/members'],
      ['POST', '/api/v1/admin/members/Mo/role', { role: 'admin' }],
      ['PATCH', '/api/v1/admin/settings', { name: 'Ys' }],
      ['GET', '/api/v1/admin/jobs'],
      ['GET', '/api/v1/admin/status'],
      ['GET', '/api/v1/admin/outbox'],
      ['POST', '/api/v1/admin/outbox/1/again'],
      ['POST', '/api/v1/admin/outbox/test', { address: 'a@exemple.org' }],
      ['POST', '/api/v1/admin/settings/undo', { act: 1 }],
      ['POST', '/api/v1/admin/boards/nice/undo', { act: 1 }],
    ] as const) {
      t.equal((await moderator.ask(method, path, sent)).status, 403, path)
      t.equal((await writing.ask(method, path, sent)).status, 403, path)
      t.equal((await new Program(forum.origin).ask(method, path, sent)).status, 401, path)
    }
  })
})
