import { randomBytes } from 'node:crypto'
import { sessionHash } from '../../src/forum/members/sessions/adapter.ts'
import type { DemoData } from './demo-data.ts'

/** The first members of the demo; nobody who was added since to be measured. */
export async function firstMembers(data: DemoData, count: number): Promise<number[]> {
  const members = await data.query<{ id: number }>('select id from members order by id limit $1', [count])
  return members.map(({ id }) => Number(id))
}

/** Sessions of members, as the cookies of their browsers. Those of earlier runs end. */
export async function signIn(data: DemoData, members: readonly number[]): Promise<string[]> {
  await data.query(`delete from sessions where device = 'bench'`)
  const ids = members.map(() => randomBytes(25).toString('hex'))
  await data.query(
    `insert into sessions (id_hash, member_id, device, expires_at)
     select id_hash, member_id, 'bench', now() + interval '30 days'
     from unnest($1::bytea[], $2::bigint[]) as made (id_hash, member_id)`,
    [ids.map(sessionHash), members],
  )
  // A script that runs in the page says so in a cookie, and then tells itself how far somebody has read.
  return ids.map((id) => `session=${id}; script=on`)
}
