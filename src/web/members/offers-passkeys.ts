import type { FastifyRequest } from 'fastify'
import type { Forum } from '../../forum/forum.ts'
import { passkeySite } from '../../forum/members/passkeys/site.ts'

/** Whether a page may offer passkeys. By an onion address there are none: they are made for the one name of the forum. */
export const offersPasskeys = (forum: Forum, { page }: FastifyRequest): boolean =>
  page.origin !== null && passkeySite(forum) !== null
