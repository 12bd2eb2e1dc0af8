import { Secret, TOTP } from 'otpauth'
import { sealed, unsealed } from '../../../platform/crypto/sealed.ts'

/** RFC 6238, section 5.2: a code is valid for half a minute. */
export const HALF_MINUTE_SECONDS = 30
/** RFC 6238, section 5.2: codes of one half minute before and after are valid too, for wrong clocks and slow typing. */
const TOLERATED = 1
/** RFC 4226, section 4: 160 bits. */
const SECRET_BYTES = 20
const PURPOSE = 'second factor'

/** Makes a secret, encrypted for storage. */
export const newSecret = (siteSecret: string): Buffer =>
  sealed(siteSecret, PURPOSE, new Secret({ size: SECRET_BYTES }).base32)

/** The secret as people type it into an app, in base32. */
export const readableSecret = (siteSecret: string, stored: Buffer): string =>
  String(unsealed(siteSecret, PURPOSE, stored))

/** The address that an app reads from the QR code (Google's Key Uri Format). */
export const authenticatorAddress = (secret: string, site: string, username: string): string =>
  new TOTP({ issuer: site, label: username, secret, period: HALF_MINUTE_SECONDS }).toString()

/** The half minute since 1970 that a code belongs to; null for a wrong code. */
export function halfMinuteOf(secret: string, code: string): number | null {
  const now = Date.now()
  const authenticator = new TOTP({ secret, period: HALF_MINUTE_SECONDS })
  const distance = authenticator.validate({ token: code, timestamp: now, window: TOLERATED })
  return distance === null ? null : Math.floor(now / 1_000 / HALF_MINUTE_SECONDS) + distance
}
