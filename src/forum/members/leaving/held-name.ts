import { keyedHash } from '../../../platform/crypto/keyed-hash.ts'

/** No key of a name has a space: see `usernameKey`. */
const PREFIX = 'held '

/**
 * What stays of the name of a member whose account was erased, in the place of its key: nobody reads the name from it, and
 * whoever asks for the name again is refused, so that nobody passes for who has left, and a ban outlasts the account. With
 * another `SECRET` these names are free again.
 */
export const heldName = (secret: string, usernameKey: string): string =>
  PREFIX + keyedHash(secret, `held name\n${usernameKey}`).toString('base64url')
