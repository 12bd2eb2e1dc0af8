import { sql } from 'drizzle-orm'
import t from 'tap'
import { startForum } from '../../support/forum.ts'
import { threadBy } from '../../support/threads.ts'

const numbered = (length: number, sign: string) => Array.from({ length }, (_, index) => `${sign}${index}`).join(' ')

t.test('the versions of a post', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const reader = forum.passerBy()

  t.test('come five on a page, and each older page leads on', async (t) => {
    const { id } = await threadBy(forum, 'Zoé', { body: 'Mot 0' })
    for (let edit = 1; edit <= 12; edit += 1) await zoe.post(`/posts/${id}/edit`, { body: `Mot ${edit}` })
    const seen: string[] = []
    let next: string | null = `/posts/${id}/history`
    while (next) {
      const page = await reader.get(next)
      t.ok(page.texts('.versions li').length <= 5)
      seen.push(...page.texts('.versions ins'))
      next = page.document.querySelector('a[rel=next]')?.getAttribute('href') ?? null
    }
    t.same(
      seen,
      Array.from({ length: 12 }, (_, index) => `ajouté\u202f: ${12 - index}`),
    )
    const whole = await reader.get(`/posts/${id}/history?version=3`)
    t.same(whole.texts('.versions ins'), ['ajouté\u202f: 3'])
    t.equal(whole.texts('.versions li').length, 1)
    t.equal((await reader.get(`/posts/${id}/history?version=13`)).status, 404)
    t.equal((await reader.get(`/posts/${id}/history?before=0`)).status, 404)
    t.equal((await reader.get(`/posts/${id}/history?before=x`)).status, 400)
  })

  t.test('of a long post show what changed and lead to the whole', async (t) => {
    const before = numbered(9_000, 'a')
    const { id } = await threadBy(forum, 'Zoé', { body: before })
    await zoe.post(`/posts/${id}/edit`, { body: before.replace(' a4500 ', ' NEUF ') })
    const page = await reader.get(`/posts/${id}/history`)
    t.same(page.texts('.versions li:first-child ins'), ['ajouté\u202f: NEUF'])
    t.match(page.text('.versions li:first-child .difference'), /a4499 .*a4501/)
    t.ok(page.body.length < 40_000)
    const whole = page.document.querySelector('.versions li:first-child a')?.getAttribute('href') ?? ''
    t.match((await reader.get(whole)).text('.difference'), / a0 a1 .* a8999$/)
  })

  t.test('that have nothing in common are shown without marks, and a heavy history stays light', async (t) => {
    const { id } = await threadBy(forum, 'Zoé', { body: numbered(9_000, 'b') })
    await forum.database.execute(sql`
      insert into post_versions (post_id, version, body, written_at)
      select ${id}, n, (select string_agg(md5((n * 100000 + m)::text), ' ') from generate_series(1, 3500) as m), now()
      from generate_series(0, 59) as n`)
    await forum.database.execute(sql`update posts set edit_count = 60, edited_at = now() where id = ${id}`)
    const page = await reader.get(`/posts/${id}/history`)
    t.equal(page.status, 200)
    t.equal(page.texts('.versions li').length, 5)
    t.equal(page.texts('.versions ins, .versions del').length, 0)
    t.match(page.text('.versions li .about'), /Trop de différences/)
    t.ok(page.body.length < 60_000)
    const clash = await zoe.post(`/posts/${id}/edit`, { body: numbered(9_000, 'c'), version: '3' })
    t.equal(clash.status, 409)
    t.match(clash.body, 'c8999')
  })
})
