import { keyedHash } from '../../../platform/crypto/keyed-hash.ts'

/** A key of a name never contains a space: see `usernameKey`. */
const PREFIX = 'held '

/**
 * Replaces the name key of an erased account by a keyed hash. Nobody can read the name from it, but the name stays
 * taken, so that nobody can pretend to be that member, and a ban outlasts the account. With another `SECRET` these names
 * are free again.
 */
export const heldName = (secret: string, usernameKey: string): string =>
  PREFIX + keyedHash(secret, `held name\n${usernameKey}`).toString('base64url')
