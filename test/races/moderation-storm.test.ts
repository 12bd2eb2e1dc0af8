import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { deepChecks } from '../../src/forum/administration/deep-checks.ts'
import { startForum, type TestForum } from '../support/forum.ts'
import type { Person } from '../support/person.ts'
import { idOf, threadBy } from '../support/threads.ts'

/** `ROUNDS=50 SEED=7` tries more, and others. */
const ROUNDS = Number(process.env.ROUNDS ?? 3)
const BURSTS = 3
const AT_ONCE = 6

/** The same numbers below a bound for the same seed, so that a storm can be had again. */
function dice(seed: number): <Thing>(things: readonly Thing[]) => Thing {
  let state = seed
  return (things) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    const drawn = things[Math.floor((state / 2 ** 32) * things.length)]
    if (drawn === undefined) throw new Error('Nothing to draw from')
    return drawn
  }
}
const any = dice(Number(process.env.SEED ?? 1))

type Act = () => Promise<{ status: number }>

/** Two threads, a post and a thread that wait, a flag; and whatever anybody may do with them. */
async function scene(
  forum: TestForum,
  people: Record<'ada' | 'mira' | 'simone' | 'zoe' | 'karim', Person>,
  round: number,
) {
  const { ada, mira, simone, zoe, karim } = people
  const [one, two] = [
    await threadBy(forum, 'Zoé', { boards: ['nice', 'drones'], replies: 2 }),
    await threadBy(forum, 'Karim', { boards: ['metz'], replies: 1 }),
  ]
  const name = `Nour${round}`
  const nour = await forum.member(name)
  await ada.post('/admin/settings', { approve_first_posts: '100' })
  await nour.post(`/threads/${one.thread.id}/replies`, { body: 'J’attends.' })
  await nour.post('/threads', { title: 'J’attends aussi', body: 'J’attends.', boards: 'nice' })
  await ada.post('/admin/settings', { approve_first_posts: '0' })
  await karim.post(`/posts/${one.id}/flag`, { reason: 'spam' })
  const numbered = async (which: ReturnType<typeof sql>) =>
    (await forum.database.execute<{ id: number }>(which)).rows.map(({ id }) => id)
  const written = await numbered(sql`select id::int from posts where thread_id >= ${one.thread.id}`)
  const waiting = await numbered(sql`select id::int from posts where author_id = ${await idOf(forum, name)}`)
  const open = await numbered(sql`select id::int from cases where closed_at is null`)
  const staff = () => any([ada, mira, simone])
  const post = (verb: string) => `/posts/${any(written)}/${verb}`
  const held = (verb: string) => `/posts/${any(waiting)}/${verb}`
  const thread = (verb: string) => `/threads/${any([one.thread.id, two.thread.id])}/${verb}`
  const decision = () => ({ decision: any(['approve', 'hide', 'dismiss', 'escalate']), statement: 'Parce que.' })
  const acts: Act[] = [
    () => staff().post(`/moderation/cases/${any(open)}`, decision()),
    () => ada.post(post('erase'), { reason: 'Illicite' }),
    () => staff().post(post(any(['hide', 'show']))),
    () => nour.post(held(any(['delete', 'restore']))),
    () => nour.post(held('edit'), { body: any(['Autrement.', 'Encore autrement.']) }),
    () => zoe.post(post('edit'), { body: any(['Corrigé.', 'Corrigé encore.']) }),
    () => zoe.post(post('delete')),
    () => any([zoe, nour]).post(thread('replies'), { body: 'Pendant ce temps.' }),
    () => staff().post(`/threads/${one.thread.id}/merge`, { into: String(two.thread.id) }),
    () => staff().post(thread('move'), { boards: any(['nice', 'metz', 'drones']) }),
    () => staff().post(post('move'), { numbers: any(['1', '2', '3']), title: 'À part' }),
    () => staff().post(thread(any(['remove', 'restore', 'lock', 'unlock']))),
    () => mira.post(`/members/${name}/${any(['purge', 'unpurge'])}`, { hours: '1' }),
    () => staff().post(`/members/${name}/${any(['ban', 'silence', 'lift'])}`, { reason: 'Trop.' }),
  ]
  return acts
}

/** What waits has its case, and no case is of what does not; and what `doctor --deep` asks for is so. */
async function mustBeRight(t: Test, { database }: TestForum): Promise<void> {
  t.same(await deepChecks(database, false), [{ kind: 'fine', says: 'All that must be so in the database is so.' }])
  const wrong = await database.execute(sql`
    select waiting.id, open.id as "case"
    from (select id from posts where held_at is not null and deleted_by is null and erased_at is null) as waiting
    full join (select id, post_id from cases where kind = 'held' and closed_at is null) as open on post_id = waiting.id
    where waiting.id is null or open.id is null`)
  t.same(wrong.rows, [])
}

t.test('whatever moderators and authors do at the same moment, all of it is right afterwards', async (t) => {
  const forum = await startForum(t)
  const people = {
    ada: await forum.member('Ada', 'admin'),
    mira: await forum.member('Mira', 'moderator'),
    simone: await forum.member('Simone', 'moderator'),
    zoe: await forum.member('Zoé'),
    karim: await forum.member('Karim'),
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const acts = await scene(forum, people, round)
    for (let burst = 0; burst < BURSTS; burst += 1) {
      const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => any(acts)()))
      t.ok(answers.every(({ status }) => status < 500))
    }
    await mustBeRight(t, forum)
  }
  t.same(
    forum.logged.filter((line) => line.includes('"level":50')),
    [],
  )
})
