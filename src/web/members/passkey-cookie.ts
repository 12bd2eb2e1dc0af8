import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Forum } from '../../forum/forum.ts'
import { CHALLENGE_MINUTES } from '../../forum/members/passkeys/challenge.ts'

const isSecure = (forum: Forum): boolean => forum.config.origin.startsWith('https:')
const cookieName = (forum: Forum): string => (isSecure(forum) ? '__Host-passkey' : 'passkey')

/** Keeps a challenge in the browser that asked for it, so that a signed answer is useless in another browser. */
export function keepChallenge(forum: Forum, reply: FastifyReply, kept: string): void {
  reply.setCookie(cookieName(forum), kept, {
    path: '/',
    sameSite: 'strict',
    httpOnly: true,
    secure: isSecure(forum),
    maxAge: CHALLENGE_MINUTES * 60,
  })
}

/** The challenge in this browser; empty without one. */
export const keptChallenge = (forum: Forum, request: FastifyRequest): string => request.cookies[cookieName(forum)] ?? ''
