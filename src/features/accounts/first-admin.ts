import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Forum } from '../../platform/forum.ts'
import { hasAdmin } from './queries.ts'

/**
 * The link with which whoever starts a new forum becomes its administrator: printed at each start, in every process
 * the same, until somebody has used it. Null from then on.
 */
export async function firstAdminLink(forum: Forum): Promise<string | null> {
  if (await hasAdmin(forum.database)) return null
  return `${forum.config.origin}/register?setup=${setupToken(forum)}`
}

/** Whether a token is the one of that link, and still of use. */
export async function opensFirstAdmin(forum: Forum, token: string | undefined): Promise<boolean> {
  if (!token) return false
  const expected = Buffer.from(setupToken(forum))
  const given = Buffer.from(token)
  return given.length === expected.length && timingSafeEqual(given, expected) && !(await hasAdmin(forum.database))
}

const setupToken = ({ secret }: Forum): string =>
  createHmac('sha256', secret).update('first administrator').digest('base64url')
