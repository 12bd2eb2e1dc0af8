import type pg from 'pg'
import { hashPassword } from '../forum/members/passwords.ts'
import { usernameKey } from '../forum/members/username-key.ts'
import { copyRows } from './copy-rows.ts'
import { composeNames } from './names.ts'
import type { Random } from './random.ts'

/** The password of every made-up member. Everybody can read it here: a demo is not for a forum that others reach. */
export const DEMO_PASSWORD = 'démonstration sans danger'

export interface DemoMember {
  id: number
  username: string
}

/** Makes members, whose accounts are as old as the forum. */
export async function writeMembers(
  client: pg.Client,
  random: Random,
  count: number,
  since: Date,
): Promise<DemoMember[]> {
  const { rows } = await client.query('select username_key, max(id) over () as last from members')
  const names = composeNames(random, count, new Set(rows.map((row) => row.username_key)))
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  const first = (rows[0]?.last ?? 0) + 1
  const members = names.map((username, index) => ({ id: first + index, username }))
  await copyRows(
    client,
    'members',
    ['id', 'username', 'username_key', 'password_hash', 'created_at'],
    members.map(({ id, username }) => [id, username, usernameKey(username), passwordHash, since.toISOString()]),
  )
  return members
}
