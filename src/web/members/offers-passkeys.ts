import type { FastifyRequest } from 'fastify'
import type { Forum } from '../../forum/forum.ts'
import { passkeySite } from '../../forum/members/passkeys/site.ts'

/** Whether a page may offer passkeys. Not on the onion address, because a passkey works for one host only. */
export const offersPasskeys = (forum: Forum, { page }: FastifyRequest): boolean =>
  page.origin !== null && passkeySite(forum) !== null
