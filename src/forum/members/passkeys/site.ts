import { isIP } from 'node:net'
import { DEFAULT_LANGUAGE } from '../../../platform/text/i18n/languages.ts'
import { translator } from '../../../platform/text/i18n/translate.ts'
import type { Forum } from '../../forum.ts'
import { lastSettings } from '../../settings.ts'

/** The host for which passkeys are made. They work on no other. */
export interface PasskeySite {
  id: string
  origin: string
  name: string
}

/** Null where passkeys do not work: on an IP address, and without HTTPS except on `localhost`. */
export function passkeySite(forum: Forum): PasskeySite | null {
  const { protocol, hostname, origin } = new URL(forum.config.origin)
  const isSecure = protocol === 'https:' || hostname === 'localhost'
  if (!isSecure || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return null
  const name = lastSettings(forum).name || translator(DEFAULT_LANGUAGE)('site.name')
  return { id: hostname, origin, name }
}
