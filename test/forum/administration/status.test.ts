import { sql } from 'drizzle-orm'
import t from 'tap'
import { countDays } from '../../../src/forum/administration/daily-totals.ts'
import { keepRetention } from '../../../src/forum/administration/keep-retention.ts'
import { takeSample } from '../../../src/forum/administration/status-samples.ts'
import { dailyTotals, statusSamples } from '../../../src/schema/status.ts'
import { startForum } from '../../support/forum.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

t.test('how the forum is, and was', async (t) => {
  const forum = await startForum(t)
  const { database } = forum
  const admin = await forum.member('Ada', 'admin')
  const ago = (milliseconds: number) => new Date(Date.now() - milliseconds)
  /** In the middle of a span of two hours, as the clock has them. */
  const spanOf = (milliseconds: number) => Math.floor((Date.now() - milliseconds) / (2 * HOUR)) * 2 * HOUR + HOUR
  const figures = { databaseBytes: 1e9, freeBytes: 1e9, connections: 3, jobsWaiting: 0, jobsFailed: 0, mailsWaiting: 0 }

  await t.test('before the first sample the page says when there is one', async (t) => {
    const page = await admin.get('/admin/status')
    t.match(page.text('main'), /Rien encore.*Base de données \d+ Mo/s)
    t.match(page.text('main'), 'PostgreSQL ne les compte pas')
    t.match(page.text('main'), 'Compté à partir de demain')
  })

  await t.test('samples are dense for a day, then one in two hours, and a month later gone', async (t) => {
    const old = spanOf(3 * DAY)
    await database
      .insert(statusSamples)
      .values(
        [old, old + 5 * MINUTE, old + 10 * MINUTE, spanOf(40 * DAY)]
          .map((at) => ({ ...figures, takenAt: new Date(at) }))
          .concat([10, 5].map((minutes) => ({ ...figures, takenAt: ago(minutes * MINUTE) }))),
      )
    await takeSample(forum)
    await keepRetention(forum)
    const kept = await database.select().from(statusSamples).orderBy(statusSamples.takenAt)
    t.equal(kept.length, 4)
    t.same(kept[0]?.takenAt, new Date(old))
  })

  await t.test('each figure is drawn, without script', async (t) => {
    const page = await admin.get('/admin/status')
    const figure = page.document.querySelector('[data-figure="databaseBytes"]')
    t.equal(figure?.querySelectorAll('svg[role="img"]').length, 2)
    t.match(
      figure?.querySelector('svg')?.getAttribute('aria-label'),
      /Base de données, 24 heures — de \d+ Mo à 1.000 Mo/,
    )
    t.match(figure?.querySelector('polyline')?.getAttribute('points'), /^[\d.]+,[\d.]+ [\d.]+,[\d.]+ [\d.]+,[\d.]+$/)
  })

  await t.test('the days that are over are counted, once each', async (t) => {
    const zoe = await forum.member('Zoé')
    await zoe.post('/threads', { title: 'Des caméras', body: 'Où sont-elles ?', boards: 'marseille' })
    await zoe.post('/threads/1/replies', { body: 'Rue de Rome' })
    await countDays(forum)
    t.same(await database.select().from(dailyTotals), [], 'not today')
    for (const table of ['members', 'threads', 'posts'])
      await database.execute(sql`update ${sql.identifier(table)} set created_at = created_at - interval '2 days'`)
    await Promise.all([countDays(forum), countDays(forum)])
    const counted = await database.select().from(dailyTotals).orderBy(dailyTotals.day)
    t.match(counted, [
      {
        day: ago(2 * DAY)
          .toISOString()
          .slice(0, 10),
        members: 2,
        threads: 1,
        posts: 2,
        digests: 0,
      },
      { members: 0, threads: 0, posts: 0 },
    ])
    const page = await admin.get('/admin/status')
    t.match(page.text('[data-growth="posts"]'), 'Nouveaux messages 2 2 en tout, 2 le plus grand jour')
    t.equal(page.document.querySelectorAll('[data-growth="posts"] rect').length, 2)
  })

  await t.test(
    'the slowest statements are shown where PostgreSQL counts them, without what people wrote',
    async (t) => {
      await database.execute(sql`create extension pg_stat_statements`)
      await database.execute(sql.raw(`select 'les mots de Zoé', count(*) from posts`))
      await admin.get('/threads/1')
      const page = await admin.get('/admin/status')
      t.match(page.texts('.log pre').join('\n'), /select .*from "?\w+/)
      t.notMatch(page.body, 'les mots de Zoé')
    },
  )
})
