import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Forum } from '../../forum/forum.ts'
import type { KnownMember } from '../../forum/members/log-in.ts'
import { passwordOf } from '../../forum/members/queries.ts'
import { readSigned, sign } from '../../platform/crypto/signed.ts'

/** How long the code may come after the password. */
const MINUTES = 10
const PURPOSE = 'password said'

const isSecure = (forum: Forum): boolean => forum.config.origin.startsWith('https:')
const cookieName = (forum: Forum): string => (isSecure(forum) ? '__Host-password-said' : 'password-said')

/** Remembers in the browser that somebody gave their password and still owes a code. */
export function rememberPasswordSaid(forum: Forum, reply: FastifyReply, known: KnownMember): void {
  const said = `${known.id}-${Date.now() + MINUTES * 60_000}-${passwordMark(known.passwordHash)}`
  reply.setCookie(cookieName(forum), sign(forum.secret, PURPOSE, said), {
    path: '/',
    sameSite: 'lax',
    httpOnly: true,
    secure: isSecure(forum),
    maxAge: MINUTES * 60,
  })
}

/** The member who just gave their password in this browser; null when it has changed since, or too long ago. */
export async function whoSaidPassword(forum: Forum, request: FastifyRequest): Promise<KnownMember | null> {
  const said = readSigned(forum.secret, PURPOSE, request.cookies[cookieName(forum)] ?? '')
  const [id = '', end = '', mark = ''] = said?.split('-') ?? []
  if (Number(end) < Date.now()) return null
  const passwordHash = await passwordOf(forum.database, Number(id))
  return passwordHash !== null && passwordMark(passwordHash) === mark ? { id: Number(id), passwordHash } : null
}

/** Removes the cookie after the login. */
export function forgetPasswordSaid(forum: Forum, reply: FastifyReply): void {
  reply.clearCookie(cookieName(forum), { path: '/', secure: isSecure(forum) })
}

/** Changes with the password, and reveals nothing about it. */
const passwordMark = (passwordHash: string): string =>
  createHash('sha256').update(passwordHash).digest('hex').slice(0, 32)
